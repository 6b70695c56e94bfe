package io.atomicwrite.core;

/**
 * Whether something of the old file is carried over to the new one. Immutable and
 * thread-safe.
 */
public enum MetadataPolicy {

	/**
	 * Not carried over.
	 */
	IGNORE,

	/**
	 * Carried over where that is possible; the result reports what was not.
	 */
	TRY,

	/**
	 * Carried over, or the write fails and the old file stands.
	 */
	REQUIRE

}

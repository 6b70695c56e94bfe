package io.atomicwrite.core;

/**
 * What is written when the target is a symbolic link. Immutable and thread-safe.
 */
public enum SymlinkPolicy {

	/**
	 * The file to which the link leads, existing or not; the link stays.
	 */
	FOLLOW,

	/**
	 * A regular file in the place of the link.
	 */
	REPLACE,

	/**
	 * Nothing: the write is refused.
	 */
	REJECT

}

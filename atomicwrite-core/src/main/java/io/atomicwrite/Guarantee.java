package io.atomicwrite;

/**
 * The four things a write can promise.
 */
public enum Guarantee {

	/**
	 * A reader sees the old content or the new one, whole, and never a missing file.
	 */
	ATOMIC_VISIBILITY,

	/**
	 * Once the write has returned, its content survives a crash of the machine.
	 */
	CRASH_DURABILITY,

	/**
	 * Two cooperating writers never overlap.
	 */
	WRITER_EXCLUSION,

	/**
	 * A byte that changed since the write is noticed when the content is verified.
	 */
	INTEGRITY_DETECTION

}

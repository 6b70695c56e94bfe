package io.atomicwrite;

/**
 * The phases of one write, in the order in which they run.
 *
 * <p>
 * Whatever fails before {@link #COMMIT} leaves the old target as it was; whatever fails
 * in or after it says so through {@link WriteOutcome}.
 */
public enum WritePhase {

	/**
	 * The raw target becomes a canonical one: links followed, special files refused.
	 */
	RESOLVE,

	/**
	 * What the filesystem can promise is held against what is required.
	 */
	GATE,

	/**
	 * The lease of the target is acquired.
	 */
	LOCK,

	/**
	 * {@code overwrite=false} and the expected version are checked.
	 */
	CHECK,

	/**
	 * The staging file is created and written.
	 */
	STAGE,

	/**
	 * Owner, mode and extended attributes are set on the staging file.
	 */
	METADATA,

	/**
	 * The staging file is forced to stable storage.
	 */
	SYNC,

	/**
	 * Backup and sidecar are brought into place.
	 */
	COMPANIONS,

	/**
	 * The staging file becomes the target, by one rename or one link.
	 */
	COMMIT,

	/**
	 * The directory is forced to stable storage.
	 */
	PUBLISH,

	/**
	 * The lease is released and listeners are invoked.
	 */
	RELEASE

}

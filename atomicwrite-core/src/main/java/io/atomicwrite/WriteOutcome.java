package io.atomicwrite;

/**
 * What is known of a write when it ends.
 */
public enum WriteOutcome {

	/**
	 * Nothing had to be done: an update returned the value that is there, or there was no
	 * file to delete. Nothing was written.
	 */
	UNCHANGED,

	/**
	 * The old target stands (or there is still none); nothing was left behind.
	 */
	NOT_COMMITTED,

	/**
	 * Readers see the new content (or no file, after a delete), but it is not proven that
	 * it survives a crash: a sync failed, a directory could not be synced, or the
	 * filesystem is in memory by its nature, as tmpfs is.
	 */
	VISIBLE_NOT_DURABLE,

	/**
	 * Readers see the new content (or no file) and every sync that makes it durable
	 * succeeded.
	 */
	DURABLE,

	/**
	 * The commit was asked for and failed in a way that leaves open whether it happened,
	 * as a rename over NFS may: the target is either old or new, never mixed.
	 */
	INDETERMINATE

}

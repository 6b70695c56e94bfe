package io.atomicwrite;

/**
 * One thing that the file operations can do in a directory.
 */
public enum Capability {

	/**
	 * Replace a file by one rename that no reader sees half-way.
	 */
	ATOMIC_WRITE,

	/**
	 * Give a file a name only if the name is free, in one step (a hard link).
	 */
	NO_CLOBBER,

	/**
	 * Force the content of a file to stable storage.
	 */
	FILE_SYNC,

	/**
	 * Force the entries of a directory to stable storage by a sync of the directory.
	 * Where this can't be relied on, the target is synced once more after the commit.
	 */
	DIRECTORY_SYNC,

	/**
	 * Lock a file against other processes of this host.
	 */
	HOST_LOCK,

	/**
	 * Keep POSIX mode and owner.
	 */
	POSIX_METADATA,

	/**
	 * Keep extended attributes of the user namespace.
	 */
	USER_ATTRIBUTES

}

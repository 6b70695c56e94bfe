package io.atomicwrite.guarantee;

/**
 * Filesystems that behave alike. The names are lower case as they appear in reports.
 */
public enum FilesystemClass {

	/** A filesystem on a local device. */
	LOCAL_POSIX_PERSISTENT,

	/** A filesystem in memory, gone with the machine. */
	LOCAL_POSIX_VOLATILE,

	/** Layers over other filesystems, as the root of a container. */
	OVERLAY,

	/** A filesystem on another machine. */
	NETWORK,

	/** A filesystem served by a process. */
	FUSE,

	/** A filesystem of Windows. */
	LOCAL_WINDOWS,

	/** A filesystem that is never written, or is mounted so. */
	READ_ONLY,

	/** None that is known. */
	UNKNOWN;

	/**
	 * Returns the name as it appears in reports.
	 * @return the name in lower case, such as {@code local_posix_persistent}
	 */
	public String id() {
		return name().toLowerCase(java.util.Locale.ROOT);
	}

}

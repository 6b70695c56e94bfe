package io.atomicwrite.guarantee;

/**
 * A class of filesystems with the same behaviour. Reports print the names in lower case.
 */
public enum FilesystemClass {

	/** A filesystem on a local device. */
	LOCAL_POSIX_PERSISTENT,

	/** A filesystem in memory, whose content does not survive a reboot. */
	LOCAL_POSIX_VOLATILE,

	/** Layers over other filesystems, such as the root of a container. */
	OVERLAY,

	/** A filesystem served by another machine. */
	NETWORK,

	/** A filesystem served by a process in user space. */
	FUSE,

	/** A filesystem of Windows. */
	LOCAL_WINDOWS,

	/** A filesystem that can't be written, or is mounted read-only. */
	READ_ONLY,

	/** A filesystem that the matrix does not know. */
	UNKNOWN;

	/**
	 * Returns the class of a filesystem type.
	 * @param type the type as the operating system names it, such as {@code ext4}
	 * @return its class; {@link #UNKNOWN} if the matrix does not have it
	 */
	public static FilesystemClass of(String type) {
		return FilesystemMatrix.of(type).kind();
	}

	/**
	 * Returns the name as it appears in reports.
	 * @return the name in lower case, such as {@code local_posix_persistent}
	 */
	public String id() {
		return name().toLowerCase(java.util.Locale.ROOT);
	}

}

package io.atomicwrite;

/**
 * The errors of system calls that are distinguished, each for one error number of
 * {@code errno(3)} or for some that ask for the same remedy.
 */
public enum IoErrorKind {

	/** ENOSPC: no free space or no free inode. */
	NO_SPACE,

	/** EDQUOT: the quota of a user, group or project is exhausted. */
	QUOTA,

	/** EFBIG: the file would exceed a limit of the process or of the filesystem. */
	FILE_TOO_LARGE,

	/** EROFS: the filesystem is mounted read-only, or became so after an error. */
	READ_ONLY,

	/** EACCES: a permission is missing. */
	ACCESS_DENIED,

	/** EPERM: an owner, an attribute or a privilege stands against it. */
	NOT_PERMITTED,

	/** ENOENT: the file or a directory of its path does not exist. */
	NOT_FOUND,

	/** ENOTDIR: a part of the path is not a directory. */
	NOT_A_DIRECTORY,

	/** ELOOP: too many symbolic links. */
	LINK_LOOP,

	/** ENAMETOOLONG: a name or a path is too long. */
	NAME_TOO_LONG,

	/** EXDEV: two names lie on two filesystems or mounts. */
	CROSS_DEVICE,

	/** EBUSY or ETXTBSY: the file is a mount point, or in use by the system. */
	BUSY,

	/** EMFILE or ENFILE: this process or the system has too many open files. */
	TOO_MANY_FILES,

	/** ENOLCK: no lock can be had, of a network filesystem most often. */
	NO_LOCKS,

	/** EIO: the device failed. */
	INPUT_OUTPUT,

	/** ESTALE: the server of a network filesystem no longer knows the file. */
	STALE,

	/**
	 * ENOTCONN, EHOSTDOWN, ETIMEDOUT and the like: the server or the process behind the
	 * filesystem does not answer.
	 */
	UNREACHABLE,

	/** ENOTSUP, EOPNOTSUPP or ENOSYS: the filesystem can't do it. */
	NOT_SUPPORTED,

	/** Any other error. */
	OTHER

}

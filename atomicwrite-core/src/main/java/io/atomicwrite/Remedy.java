package io.atomicwrite;

/**
 * What to do about a failure. {@link #text()} words it in terms of the Java API of this
 * package; other surfaces, such as the starter and the command, word those that name an
 * option by their own properties or options.
 */
public enum Remedy {

	/** The filesystem is full. */
	FREE_SPACE("free space or inodes on the filesystem"),

	/** The quota of this user is exhausted. */
	RAISE_QUOTA("free space or raise the quota of this user"),

	/** The quota of the owner to be is exhausted. */
	RAISE_QUOTA_OF_OWNER("free space or raise the quota of the owner that the file is to have"),

	/** The file would be too large. */
	RAISE_FILE_SIZE("write less, or raise the limit of the file size (ulimit -f); FAT takes no file of 4 GB"),

	/** The filesystem takes no changes. */
	REMOUNT_WRITABLE("remount the filesystem writable, or see the kernel's log for why it is read-only"),

	/** A directory of the path can't be searched. */
	PERMIT_SEARCH("give this user search permission on each directory of the path"),

	/** Nothing can be created, renamed or deleted in the directory. */
	PERMIT_CHANGES("give this user write and search permission on the directory"),

	/** The directory above the one to be created can't be changed. */
	PERMIT_DIRECTORY_CREATION("give this user write and search permission on the directory above, or create it"),

	/** The file can't be read. */
	PERMIT_READING("give this user read permission on the file"),

	/** The directory can't be opened, and so not synced. */
	PERMIT_DIRECTORY_READING("add read permission on the directory, or relax the SafetyPolicy of the WriteOptions"),

	/** The lock file can't be opened or created. */
	PERMIT_LOCKING("give this user write permission on the lock file, or on its directory if there is none yet"),

	/** The old content can't be backed up, or a sidecar can't be written. */
	PERMIT_COMPANIONS("give this user read permission on the file, and write and search permission on the "
			+ "directories of its backups and its checksum"),

	/** Owner, mode or attributes can't be set. */
	RELAX_METADATA("run as the owner of the file or as root, or relax the MetadataPolicy of the WriteOptions"),

	/** The filesystem lets this user set no mode, or gives all files another owner. */
	LEAVE_MODE("the filesystem does not let this user set a mode, as where it gives files an owner of its choice: "
			+ "write with ModePolicy.umask()"),

	/** The filesystem does not keep the metadata. */
	DO_WITHOUT_METADATA("choose another directory, or relax the MetadataPolicy or ModePolicy of the WriteOptions"),

	/** Neither permissions nor attributes explain it. */
	SEE_SECURITY_MODULE(
			"see whether a security module (SELinux, seccomp or another) forbids it, in the kernel's log or "
					+ "the audit log"),

	/** An attribute of the file or its directory stands against the change. */
	ALLOW_CHANGES("see lsattr for an immutable or append-only file or directory and clear that by chattr; in a "
			+ "sticky directory only the owner of the file may replace it"),

	/** A directory is missing. */
	CREATE_DIRECTORY("create the directory, or see what deletes it"),

	/** A directory is missing, and the write is not to create it. */
	CREATE_DIRECTORY_OR_LET("create it, or let the write create it by createDirectories of the WriteOptions"),

	/** The directory of the backups is missing. */
	CREATE_BACKUP_DIRECTORY("create the directory that the directory of the backups is to be in"),

	/** A file vanished during the write. */
	FIND_DELETER("see what deletes files in the directory, and try again"),

	/** The path is wrong. */
	CORRECT_PATH("correct the path"),

	/** The symbolic links of the path are wrong. */
	CORRECT_LINKS("correct the symbolic links"),

	/** The name is too long. */
	SHORTEN_NAME("choose a shorter name"),

	/** Two files are on two filesystems. */
	SAME_FILESYSTEM("keep source and target on one filesystem, or write the target and delete the source"),

	/** The file is a mount point. */
	MOUNT_DIRECTORY("the file is a mount point: mount its directory instead"),

	/** The system uses the file. */
	AWAIT_RELEASE("see what uses the file, and try again"),

	/** There are too many open files. */
	RAISE_OPEN_FILES("raise the limit of open files (ulimit -n), or that of the system if the error names it"),

	/** The filesystem has no lock to give. */
	ENABLE_LOCKS("start the lock service of the network filesystem on both hosts, or lock on a local filesystem"),

	/** The filesystem knows no locks. */
	LOCK_ELSEWHERE("choose another directory, or LockRequest.none() if nobody else writes there"),

	/** Locks are kept by a service that does not answer, as a database may. */
	REACH_LOCK_SERVICE("see that the service that keeps the locks runs and can be reached"),

	/** The hosts have no common name for the lock of a file. */
	NAME_DIRECTORY("put the file into a managed directory, whose name all hosts share"),

	/** Another host has taken the lock of a writer. */
	READ_AGAIN_AFTER_LOSS("read the file again and repeat the change; where that happens often, give the lease more "
			+ "time than the process is ever suspended"),

	/** The device failed. */
	CHECK_DEVICE("check the device and the kernel's log; do not trust its next success"),

	/** A sync after the commit failed. */
	WRITE_AGAIN("check the device and write again rather than sync again"),

	/** A file can't be read from the device. */
	CHECK_DEVICE_AND_RESTORE("check the device and the kernel's log, and restore the file from a backup"),

	/** The server no longer knows the file. */
	TRY_AGAIN_OR_REMOUNT("another host has deleted the file, or the server has exported it anew: try again, then "
			+ "mount it anew"),

	/** What is behind the filesystem does not answer. */
	RECONNECT("see that the server or the process behind the filesystem runs and can be reached, then mount it anew"),
	/** The filesystem of a directory is not mounted any more. */
	MOUNT_BACK("mount the filesystem of the directory where it was, or confirm that the directory is the right one"),

	/** Something changed meanwhile. */
	TRY_AGAIN("try again"),

	/** The filesystem can't do what is needed. */
	CHOOSE_DIRECTORY("choose another directory"),

	/** Not overwriting needs more than the filesystem can do. */
	CHOOSE_DIRECTORY_OR_OVERWRITE("choose another directory, or allow overwrite in the WriteOptions"),

	/** The attribute for the checksum is more than the filesystem can do. */
	CHOOSE_DIRECTORY_OR_SIDECAR("choose another directory, or keep the checksum by ChecksumPolicy.sidecar()"),

	/** The filesystem promises too little. */
	RELAX_SAFETY("choose another directory, or relax the SafetyPolicy or the required levels of the WriteOptions"),

	/** A level that is required explicitly is not provided. */
	REQUIRE_LESS("choose another directory, or require a lower level in the WriteOptions"),

	/** The write keeps no checksum. */
	KEEP_CHECKSUM("write the file with a checksum, by the ChecksumPolicy of the WriteOptions"),

	/** The write takes no lock. */
	TAKE_LOCK("take a lock, by the LockRequest of the WriteOptions, or require less of them"),

	/** These file operations can't do it anywhere. */
	OTHER_FILE_OPERATIONS("use other FileOps"),

	/** The target already exists. */
	ALLOW_OVERWRITE("remove it, or allow overwrite in the WriteOptions"),

	/** The path leaves the base directory. */
	STAY_WITHIN_BASE("use a path within the base directory of the AtomicFileTemplate"),

	/** The path names a directory or a special file. */
	NAME_FILE("name a regular file"),

	/** The target is a symbolic link. */
	NAME_LINKED_FILE("name the file itself, or choose another SymlinkPolicy"),

	/** Source and target are one file. */
	NAME_OTHER_FILE("name another file, or delete one of its names"),

	/** Something that is not ours has the name of a lock file or a sidecar. */
	MOVE_AWAY("move it away"),

	/** Someone else holds the lock. */
	WAIT_OR_TRY_LATER("try again later, or wait for it by LockRequest.waitUpTo"),

	/** Someone else held the lock for too long. */
	WAIT_LONGER("allow a longer wait, or see what the holder does"),

	/** Two registries lock the same files. */
	SHARE_REGISTRY("share one LockRegistry"),

	/** The lease or its registry is closed. */
	ACQUIRE_AGAIN("acquire the lock again, from a LockRegistry that is open"),

	/** A lock file was deleted or opened by something else. */
	LEAVE_LOCK_FILES("leave lock files alone"),

	/** Someone else changed the file. */
	READ_AGAIN("read it again and repeat the change"),

	/** The file is damaged. */
	RESTORE("restore a backup, or write it again; if it was edited by hand and the edit is right, make it count by "
			+ "accept(file) of the AtomicFileTemplate or by the command atomic-write accept"),

	/** The value or the text can't be encoded. */
	CORRECT_CONTENT("correct the content, or choose another format or charset"),

	/** A change of a value would cost more than the value. */
	ALLOW_REWRITE("make the change by hand, or allow the loss by Formatting.MINIMAL in the WriteOptions"),

	/** The file can't be decoded. */
	CORRECT_FILE("correct the file, or read it as bytes"),

	/** No format is known by the extension. */
	ADD_FORMAT("rename the file, add what is missing to the class path, or register a Format for the extension"),

	/** A directory can't be exchanged in one step. */
	OTHER_POINTER("publish with PointerKind.LINK or PointerKind.FILE, or run Java 22 or later with native calls on a "
			+ "local filesystem"),

	/** Nothing more is known. */
	SEE_CAUSE("see the cause"),

	/** Nothing needs to be done. */
	NONE("");

	private final String text;

	Remedy(String text) {
		this.text = text;
	}

	/**
	 * Returns the remedy of an I/O error in a phase of a write.
	 * @param phase the phase that failed
	 * @param error what failed
	 * @return what to do
	 */
	public static Remedy of(WritePhase phase, IoErrorKind error) {
		return RemedyTable.of(phase, error);
	}

	/**
	 * Returns the remedy of an I/O error while a missing directory was created.
	 * @param error what failed
	 * @return what to do
	 */
	public static Remedy ofCreatingDirectory(IoErrorKind error) {
		return RemedyTable.ofCreatingDirectory(error);
	}

	/**
	 * Returns the remedy of an I/O error while a file was read.
	 * @param error what failed
	 * @return what to do
	 */
	public static Remedy ofReading(IoErrorKind error) {
		return RemedyTable.ofReading(error);
	}

	/**
	 * Returns what to do, in terms of the Java API.
	 * @return a clause in lower case without a full stop, empty for {@link #NONE}
	 */
	public String text() {
		return this.text;
	}

}

package io.atomicwrite;

import java.util.Optional;

/**
 * A page for operators: what a failure means, how to find its cause, and what to do. The
 * alert rules, the exceptions and the health of the starter name the same page.
 */
public enum Runbook {

	/** The filesystem is full. */
	NO_SPACE("NoSpace"),

	/** The filesystem of the backups is full. */
	BACKUP_NO_SPACE("BackupNoSpace"),

	/** A filesystem is almost full. */
	SPACE_LOW("SpaceLow"),

	/** The filesystem takes no changes. */
	READ_ONLY("ReadOnly"),

	/** The device reports errors. */
	DEVICE_FAILING("DeviceFailing"),

	/** The directory is on another filesystem than at the start. */
	MOUNT_CHANGED("MountChanged"),

	/** The filesystem does not answer. */
	DIRECTORY_SILENT("DirectorySilent"),

	/** Writes to the directory can't succeed. */
	DIRECTORY_UNUSABLE("DirectoryUnusable"),

	/** The filesystem promises too little. */
	GUARANTEE_DROPPED("GuaranteeDropped"),

	/** Writes fail for a reason without a page of its own, such as a permission. */
	WRITES_FAILING("WritesFailing"),

	/** Someone else holds a lock for long. */
	LOCK_TIMEOUTS("LockTimeouts"),

	/** A writer of this process holds a lock for long. */
	WRITER_STUCK("WriterStuck"),

	/** A lock was lost before the commit. */
	LOCK_LOST("LockLost"),

	/** A file does not match its checksum. */
	CHECKSUM_MISMATCH("ChecksumMismatch"),

	/** A backup is read in place of a file. */
	SERVING_BACKUP("ServingBackup"),

	/** The file of a document can't be used. */
	DOCUMENT_INVALID("DocumentInvalid");

	private static final String PAGES = "https://github.com/atomicwrite/atomicwrite/blob/main/docs/operations/runbooks/AtomicWrite";

	private final String name;

	Runbook(String name) {
		this.name = name;
	}

	/**
	 * Returns the page about a failure.
	 * @param remedy what to do about the failure
	 * @return the page, empty where the caller can do what is needed
	 */
	public static Optional<Runbook> of(Remedy remedy) {
		return Optional.ofNullable(switch (remedy) {
			case FREE_SPACE, RAISE_QUOTA, RAISE_QUOTA_OF_OWNER -> NO_SPACE;
			case REMOUNT_WRITABLE -> READ_ONLY;
			case CHECK_DEVICE, CHECK_DEVICE_AND_RESTORE, WRITE_AGAIN -> DEVICE_FAILING;
			case RECONNECT, TRY_AGAIN_OR_REMOUNT -> DIRECTORY_SILENT;
			case MOUNT_BACK -> MOUNT_CHANGED;
			case PERMIT_CHANGES, ALLOW_CHANGES, PERMIT_LOCKING, PERMIT_COMPANIONS, SEE_SECURITY_MODULE ->
				WRITES_FAILING;
			case RELAX_SAFETY, REQUIRE_LESS -> GUARANTEE_DROPPED;
			case WAIT_LONGER -> LOCK_TIMEOUTS;
			case LEAVE_LOCK_FILES -> LOCK_LOST;
			case RESTORE -> CHECKSUM_MISMATCH;
			default -> null;
		});
	}

	/**
	 * Returns the address of the page.
	 * @return an address that names the alert of the failure
	 */
	public String url() {
		return PAGES + this.name + ".md";
	}

}

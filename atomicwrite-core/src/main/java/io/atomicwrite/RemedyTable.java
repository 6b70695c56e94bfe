package io.atomicwrite;

/**
 * The remedy of each I/O error by the phase that it stopped: the same error number asks
 * for another remedy at another call. The errors of each call are those of the section
 * ERRORS of its manual page in section 2.
 */
final class RemedyTable {

	private RemedyTable() {
	}

	static Remedy of(WritePhase phase, IoErrorKind error) {
		return switch (error) {
			case NO_SPACE -> Remedy.FREE_SPACE;
			// chown(2) charges the file to its new owner
			case QUOTA -> (phase == WritePhase.METADATA) ? Remedy.RAISE_QUOTA_OF_OWNER : Remedy.RAISE_QUOTA;
			case FILE_TOO_LARGE -> Remedy.RAISE_FILE_SIZE;
			case READ_ONLY -> Remedy.REMOUNT_WRITABLE;
			case ACCESS_DENIED -> ofAccessDenied(phase);
			case NOT_PERMITTED -> ofNotPermitted(phase);
			case NOT_FOUND -> ofNotFound(phase);
			case NOT_A_DIRECTORY -> Remedy.CORRECT_PATH;
			case LINK_LOOP -> Remedy.CORRECT_LINKS;
			case NAME_TOO_LONG -> Remedy.SHORTEN_NAME;
			case CROSS_DEVICE -> Remedy.SAME_FILESYSTEM;
			case BUSY -> (phase == WritePhase.COMMIT) ? Remedy.MOUNT_DIRECTORY : Remedy.AWAIT_RELEASE;
			case TOO_MANY_FILES -> Remedy.RAISE_OPEN_FILES;
			case NO_LOCKS -> Remedy.ENABLE_LOCKS;
			case INPUT_OUTPUT -> ofInputOutput(phase);
			case UNREACHABLE -> Remedy.RECONNECT;
			case STALE -> Remedy.TRY_AGAIN_OR_REMOUNT;
			case NOT_SUPPORTED -> ofNotSupported(phase);
			case OTHER -> Remedy.SEE_CAUSE;
		};
	}

	private static Remedy ofAccessDenied(WritePhase phase) {
		return switch (phase) {
			case RESOLVE, GATE -> Remedy.PERMIT_SEARCH;
			case LOCK, RELEASE -> Remedy.PERMIT_LOCKING;
			case CHECK -> Remedy.PERMIT_READING;
			case STAGE, SYNC, COMMIT -> Remedy.PERMIT_CHANGES;
			case METADATA -> Remedy.RELAX_METADATA;
			case COMPANIONS -> Remedy.PERMIT_COMPANIONS;
			case PUBLISH -> Remedy.PERMIT_DIRECTORY_READING;
		};
	}

	private static Remedy ofNotPermitted(WritePhase phase) {
		return switch (phase) {
			case METADATA -> Remedy.RELAX_METADATA;
			// ioctl_iflags(2), rename(2)
			case LOCK, STAGE, COMPANIONS, COMMIT, RELEASE -> Remedy.ALLOW_CHANGES;
			case RESOLVE, GATE, CHECK, SYNC, PUBLISH -> Remedy.SEE_SECURITY_MODULE;
		};
	}

	private static Remedy ofNotFound(WritePhase phase) {
		return switch (phase) {
			case RESOLVE -> Remedy.CORRECT_PATH;
			case GATE, LOCK, STAGE -> Remedy.CREATE_DIRECTORY;
			case COMPANIONS -> Remedy.CREATE_BACKUP_DIRECTORY;
			case CHECK, METADATA, SYNC, COMMIT, PUBLISH, RELEASE -> Remedy.FIND_DELETER;
		};
	}

	private static Remedy ofInputOutput(WritePhase phase) {
		return (phase == WritePhase.PUBLISH) ? Remedy.WRITE_AGAIN : Remedy.CHECK_DEVICE;
	}

	private static Remedy ofNotSupported(WritePhase phase) {
		return switch (phase) {
			case LOCK -> Remedy.LOCK_ELSEWHERE;
			case METADATA -> Remedy.DO_WITHOUT_METADATA;
			case RESOLVE, GATE, CHECK, STAGE, SYNC, COMPANIONS, COMMIT, PUBLISH, RELEASE -> Remedy.CHOOSE_DIRECTORY;
		};
	}

	static Remedy ofCreatingDirectory(IoErrorKind error) {
		return switch (error) {
			case ACCESS_DENIED -> Remedy.PERMIT_DIRECTORY_CREATION;
			case NOT_FOUND -> Remedy.FIND_DELETER;
			default -> of(WritePhase.STAGE, error);
		};
	}

	static Remedy ofReading(IoErrorKind error) {
		return switch (error) {
			case ACCESS_DENIED -> Remedy.PERMIT_READING;
			case NOT_FOUND -> Remedy.CORRECT_PATH;
			case INPUT_OUTPUT -> Remedy.CHECK_DEVICE_AND_RESTORE;
			case NOT_SUPPORTED -> Remedy.SEE_CAUSE;
			default -> of(WritePhase.CHECK, error);
		};
	}

}

package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.CrossDeviceException;
import io.atomicwrite.FormatException;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.VersionConflictException;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.NotMinimalException;
import io.atomicwrite.fs.IoErrors;

/**
 * Why a write failed, in the words of whoever operates the application. Metrics and
 * health share this classification. The error of a system call counts before the step
 * that it stopped: a lock file that can't be created on a full disk is {@link #NO_SPACE}.
 */
public enum FailureReason {

	/** No space, no inode or no quota is left. */
	NO_SPACE,

	/** The filesystem takes no changes. */
	READ_ONLY,

	/** A permission, an attribute or an owner stands against it. */
	PERMISSION,

	/** Someone else held the lock for as long as the write could wait. */
	LOCK_TIMEOUT,

	/** Someone else held the lock, and the write did not wait. */
	LOCK_BUSY,

	/** The lock was lost before the commit. */
	LOCK_LOST,

	/** The filesystem can't do what the write needs or promise what it requires. */
	UNSUPPORTED,

	/** The target exists, or has changed since it was read. */
	CONFLICT,

	/** A value could not be encoded, or a file not decoded. */
	FORMAT,

	/** A file does not have its checksum, or has none. */
	CHECKSUM,

	/**
	 * The device or the server behind the filesystem failed or does not answer, or the
	 * filesystem is not mounted any more.
	 */
	DEVICE,

	/** Anything else, such as a wrong path or an interrupt. */
	OTHER;

	/**
	 * Returns the reason of a failure.
	 * @param failure what a write, a read or a look at a directory failed with
	 * @return the reason, {@link #OTHER} if it is none of the other reasons
	 */
	public static FailureReason of(Throwable failure) {
		if (failure instanceof AtomicWriteException ex) {
			FailureReason ofError = ex.problem().error().map(FailureReason::of).orElse(OTHER);
			return (ofError != OTHER) ? ofError : ofKind(ex);
		}
		if (failure instanceof MalformedContentException || failure instanceof NotMinimalException) {
			return FORMAT;
		}
		Throwable error = (failure instanceof UncheckedIOException) ? failure.getCause() : failure;
		return (error instanceof IOException ex) ? of(IoErrors.classify(ex)) : OTHER;
	}

	/**
	 * Returns the reason of an error of a system call.
	 * @param error the kind of the error
	 * @return the reason, {@link #OTHER} if it is none of the other reasons
	 */
	public static FailureReason of(IoErrorKind error) {
		return switch (error) {
			case NO_SPACE, QUOTA -> NO_SPACE;
			case READ_ONLY -> READ_ONLY;
			case ACCESS_DENIED, NOT_PERMITTED -> PERMISSION;
			case CROSS_DEVICE, NO_LOCKS, NOT_SUPPORTED -> UNSUPPORTED;
			case INPUT_OUTPUT, STALE, UNREACHABLE -> DEVICE;
			case FILE_TOO_LARGE, NOT_FOUND, NOT_A_DIRECTORY, LINK_LOOP, NAME_TOO_LONG, BUSY, TOO_MANY_FILES, OTHER ->
				OTHER;
		};
	}

	private static FailureReason ofKind(AtomicWriteException failure) {
		if (failure instanceof LockNotAcquiredException ex) {
			return ofLock(ex.reason());
		}
		if (failure instanceof LockLostException) {
			return LOCK_LOST;
		}
		if (failure instanceof TargetExistsException || failure instanceof VersionConflictException) {
			return CONFLICT;
		}
		if (failure instanceof ChecksumMismatchException || failure instanceof ChecksumMissingException) {
			return CHECKSUM;
		}
		if (failure instanceof FormatException) {
			return FORMAT;
		}
		if (failure instanceof TargetRejectedException ex) {
			return (ex.reason() == TargetRejectedException.Reason.DISPLACED) ? DEVICE : OTHER;
		}
		return (failure instanceof CapabilityNotSupportedException || failure instanceof UnsupportedEnvironmentException
				|| failure instanceof CrossDeviceException) ? UNSUPPORTED : OTHER;
	}

	private static FailureReason ofLock(LockNotAcquiredException.Reason reason) {
		return switch (reason) {
			case BUSY -> LOCK_BUSY;
			case TIMEOUT -> LOCK_TIMEOUT;
			case INTERRUPTED, SELF_DEADLOCK, CLOSED, FAILED -> OTHER;
		};
	}

	/**
	 * Returns the reason as the metrics name it.
	 * @return a word such as {@code no_space}
	 */
	public String text() {
		return name().toLowerCase(Locale.ROOT);
	}

}

package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/**
 * Says what an I/O error is. The JDK passes on no error number, only the text of
 * {@code strerror(3)}; where that is localized an error counts as {@link Kind#OTHER}.
 */
public final class IoErrors {

	private IoErrors() {
	}

	/**
	 * Tells what kind of error this is.
	 * @param error the error
	 * @return its kind
	 */
	public static Kind classify(IOException error) {
		if (error instanceof AccessDeniedException) {
			return Kind.ACCESS_DENIED;
		}
		if (error instanceof NoSuchFileException) {
			return Kind.NOT_FOUND;
		}
		if (error instanceof AtomicMoveNotSupportedException) {
			return Kind.CROSS_DEVICE;
		}
		String text = text(error).toLowerCase(Locale.ROOT);
		for (Kind kind : Kind.values()) {
			if (!kind.marker.isEmpty() && text.contains(kind.marker)) {
				return kind;
			}
		}
		return Kind.OTHER;
	}

	/**
	 * Tells whether this is what a filesystem answers to any change once it has given up.
	 * @param error the error
	 * @return whether no change is taken any more
	 */
	public static boolean isOfDeadFilesystem(IOException error) {
		Kind kind = classify(error);
		return kind == Kind.READ_ONLY || kind == Kind.INPUT_OUTPUT;
	}

	/**
	 * Tells whether this is what a network filesystem answers about an open file that
	 * another host has deleted.
	 * @param error the error
	 * @return whether the file is gone
	 */
	public static boolean isOfDeletedFile(IOException error) {
		Kind kind = classify(error);
		return kind == Kind.STALE || kind == Kind.NOT_FOUND;
	}

	/**
	 * Returns what the operating system says, without the name of the file.
	 * @param error the error
	 * @return the words, such as {@code No space left on device}
	 */
	public static String text(IOException error) {
		if (error instanceof AccessDeniedException) {
			return "Permission denied";
		}
		if (error instanceof NoSuchFileException) {
			return "No such file or directory";
		}
		if (error instanceof FileAlreadyExistsException) {
			return "File exists";
		}
		if (error instanceof NotDirectoryException) {
			return "Not a directory";
		}
		if (error instanceof DirectoryNotEmptyException) {
			return "Directory not empty";
		}
		if (error instanceof FileSystemLoopException) {
			return "Too many levels of symbolic links";
		}
		String reason = (error instanceof FileSystemException ex) ? ex.getReason() : error.getMessage();
		return (reason != null) ? reason : error.getClass().getSimpleName();
	}

	/**
	 * The errors that are told apart, each with what to do about it.
	 */
	public enum Kind {

		/** ENOSPC. */
		NO_SPACE("no space left", "free space or inodes on the filesystem"),

		/** EDQUOT. */
		QUOTA("quota exceeded", "free space or raise the quota of the user"),

		/** EROFS. */
		READ_ONLY("read-only file system",
				"remount the filesystem writable, or see the kernel's log for why it is not"),

		/** EACCES. */
		ACCESS_DENIED("permission denied", "give this user write and search permission on the directory"),

		/** EPERM. */
		NOT_PERMITTED("operation not permitted", "run as a user who may, or relax the owner policy"),

		/** ENOENT. */
		NOT_FOUND("no such file", "create the directory, or see what deletes files there"),

		/** ENOTDIR. */
		NOT_A_DIRECTORY("not a directory", "a part of the path is a file: correct the path"),

		/** ELOOP. */
		LINK_LOOP("symbolic link", "correct the chain of symbolic links"),

		/** ENAMETOOLONG. */
		NAME_TOO_LONG("file name too long", "choose a shorter name"),

		/** EXDEV. */
		CROSS_DEVICE("cross-device link", "keep source and target on one filesystem"),

		/** EBUSY. */
		BUSY("device or resource busy", "the file is a mount point: mount its directory instead"),

		/** EMFILE or ENFILE. */
		TOO_MANY_FILES("too many open files", "raise the limit of open files"),

		/** EIO. */
		INPUT_OUTPUT("input/output error", "check the device and the kernel's log; do not trust its next success"),

		/** ESTALE. */
		STALE("stale file handle", "another host has deleted the file: try again"),

		/** ENOTSUP or EOPNOTSUPP. */
		NOT_SUPPORTED("not supported", "use a filesystem that supports it"),

		/** Any other. */
		OTHER("", "see the cause");

		private final String marker;

		private final String remedy;

		Kind(String marker, String remedy) {
			this.marker = marker;
			this.remedy = remedy;
		}

		/**
		 * Returns what to do.
		 * @return a clause in lower case
		 */
		public String remedy() {
			return this.remedy;
		}

	}

}

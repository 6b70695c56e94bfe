package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import io.atomicwrite.IoErrorKind;

/**
 * Classifies I/O errors. The JDK passes on no error number, only the text of
 * {@code strerror(3)}; where that is localized an error counts as
 * {@link IoErrorKind#OTHER}.
 */
public final class IoErrors {

	private static final Map<String, IoErrorKind> MARKERS = Map.ofEntries(
			Map.entry("no space left", IoErrorKind.NO_SPACE), Map.entry("quota exceeded", IoErrorKind.QUOTA),
			Map.entry("file too large", IoErrorKind.FILE_TOO_LARGE),
			Map.entry("read-only file system", IoErrorKind.READ_ONLY),
			Map.entry("permission denied", IoErrorKind.ACCESS_DENIED),
			Map.entry("operation not permitted", IoErrorKind.NOT_PERMITTED),
			Map.entry("no such file", IoErrorKind.NOT_FOUND), Map.entry("not a directory", IoErrorKind.NOT_A_DIRECTORY),
			Map.entry("symbolic link", IoErrorKind.LINK_LOOP),
			Map.entry("file name too long", IoErrorKind.NAME_TOO_LONG),
			Map.entry("cross-device link", IoErrorKind.CROSS_DEVICE),
			Map.entry("device or resource busy", IoErrorKind.BUSY),
			Map.entry("too many open files", IoErrorKind.TOO_MANY_FILES),
			Map.entry("no locks available", IoErrorKind.NO_LOCKS),
			Map.entry("input/output error", IoErrorKind.INPUT_OUTPUT), Map.entry("text file busy", IoErrorKind.BUSY),
			Map.entry("structure needs cleaning", IoErrorKind.INPUT_OUTPUT),
			Map.entry("stale file handle", IoErrorKind.STALE), Map.entry("stale nfs file handle", IoErrorKind.STALE),
			Map.entry("transport endpoint", IoErrorKind.UNREACHABLE),
			Map.entry("host is down", IoErrorKind.UNREACHABLE), Map.entry("no route to host", IoErrorKind.UNREACHABLE),
			Map.entry("connection timed out", IoErrorKind.UNREACHABLE),
			Map.entry("connection refused", IoErrorKind.UNREACHABLE),
			Map.entry("connection reset", IoErrorKind.UNREACHABLE),
			Map.entry("software caused connection abort", IoErrorKind.UNREACHABLE),
			Map.entry("network is unreachable", IoErrorKind.UNREACHABLE),
			Map.entry("remote i/o error", IoErrorKind.UNREACHABLE),
			Map.entry("not supported", IoErrorKind.NOT_SUPPORTED),
			Map.entry("not implemented", IoErrorKind.NOT_SUPPORTED));

	private IoErrors() {
	}

	/**
	 * Returns what kind of error this is.
	 * @param error the error
	 * @return its kind
	 */
	public static IoErrorKind classify(IOException error) {
		if (error instanceof AccessDeniedException) {
			return IoErrorKind.ACCESS_DENIED;
		}
		if (error instanceof NoSuchFileException) {
			return IoErrorKind.NOT_FOUND;
		}
		if (error instanceof AtomicMoveNotSupportedException) {
			return IoErrorKind.CROSS_DEVICE;
		}
		String text = text(error).toLowerCase(Locale.ROOT);
		for (Map.Entry<String, IoErrorKind> marker : MARKERS.entrySet()) {
			if (text.contains(marker.getKey())) {
				return marker.getValue();
			}
		}
		return IoErrorKind.OTHER;
	}

	/**
	 * Returns whether this is the answer of a filesystem to any change once it has given
	 * up.
	 * @param error the error
	 * @return whether no change is taken any more
	 */
	public static boolean isOfDeadFilesystem(IOException error) {
		IoErrorKind kind = classify(error);
		return kind == IoErrorKind.READ_ONLY || kind == IoErrorKind.INPUT_OUTPUT;
	}

	/**
	 * Returns whether this is the answer of a network filesystem about an open file that
	 * another host has deleted.
	 * @param error the error
	 * @return whether the file is gone
	 */
	public static boolean isOfDeletedFile(IOException error) {
		IoErrorKind kind = classify(error);
		return kind == IoErrorKind.STALE || kind == IoErrorKind.NOT_FOUND;
	}

	/**
	 * Returns whether a file that this process has just created belongs to someone else,
	 * as on a mount that gives all files one owner: who is not the owner can't set the
	 * mode.
	 * @param error the error, which names the file
	 * @return whether that is known; {@code false} without {@code /proc}
	 */
	public static boolean isOfForcedOwner(IOException error) {
		String file = (error instanceof FileSystemException ex) ? ex.getFile() : null;
		if (file == null || classify(error) != IoErrorKind.NOT_PERMITTED) {
			return false;
		}
		try {
			// the kernel gives these entries the effective user of the process
			Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
			return !self.equals(Files.getAttribute(Path.of(file), "unix:uid", LinkOption.NOFOLLOW_LINKS));
		}
		catch (IOException | IllegalArgumentException | UnsupportedOperationException ex) {
			return false;
		}
	}

	/**
	 * Returns whether a name or a path is longer than the filesystem takes.
	 * @param error the error
	 * @return whether it is too long
	 */
	public static boolean isOfLongName(IOException error) {
		return classify(error) == IoErrorKind.NAME_TOO_LONG;
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

}

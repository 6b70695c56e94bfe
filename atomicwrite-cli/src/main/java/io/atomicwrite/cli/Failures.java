package io.atomicwrite.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.fs.IoErrors;

/**
 * Puts what went wrong into the words of the command: the user's name of the file, what
 * the operating system calls the error, and what to do about it.
 */
final class Failures {

	/** What the engine finds out before the operating system can say it. */
	private static final Map<String, String> WORDS = Map.of("its directory does not exist", "No such file or directory",
			"leads through a directory that does not exist", "No such file or directory",
			"a part of the path is a file", "Not a directory", "is a directory", "Is a directory",
			"its symbolic links lead in a circle", "Too many levels of symbolic links", "is a mount point of its own",
			"Device or resource busy", "exists, and the write is not to overwrite it", "File exists");

	private Failures() {
	}

	static Failure of(Session session, Throwable thrown) {
		String name = session.subject();
		if (thrown instanceof Failure failure) {
			return failure.about(name);
		}
		if (thrown instanceof LockNotAcquiredException ex) {
			return lock(name, ex);
		}
		if (thrown instanceof AtomicWriteException ex) {
			return engine(name, ex, String.valueOf(ex.getMessage()).replace(ex.target() + ": ", ""));
		}
		if (thrown instanceof UncheckedIOException && thrown.getCause() instanceof IOException ex) {
			return io(name, ex);
		}
		if (thrown instanceof IOException ex) {
			return io(name, ex);
		}
		if (thrown instanceof OutOfMemoryError) {
			return Failure.of(name, "the input does not fit into the memory",
					"use --stream, or give Java more memory with ATOMIC_WRITE_JAVA_OPTS=-Xmx1g");
		}
		session.reporter().trace(thrown);
		return Failure.of(name, "unexpected " + thrown, "run it again with -vv and report what it says");
	}

	private static Failure lock(String name, LockNotAcquiredException ex) {
		String message = String.valueOf(ex.getMessage());
		return switch (ex.reason()) {
			case BUSY -> Failure.of(name, "File locked by another process",
					holder(message, "locked by ") + "wait for it with --wait", ExitStatus.LOCK_NOT_ACQUIRED, ex);
			case TIMEOUT -> Failure.of(name, "Lock acquisition timeout after " + limit(message, ex),
					holder(message, "held by ") + "allow a longer --timeout, or see what the holder does",
					ExitStatus.LOCK_NOT_ACQUIRED, ex);
			case INTERRUPTED -> Failure.interrupted(name);
			case FAILED -> (ex.getCause() instanceof IOException cause) ? lockFile(name, cause)
					: engine(name, ex, message.replace(ex.target() + ": ", ""));
			case SELF_DEADLOCK, CLOSED -> engine(name, ex, message.replace(ex.target() + ": ", ""));
		};
	}

	/** The holder is known in the message alone. */
	private static String holder(String message, String before) {
		int start = message.indexOf(before);
		int end = message.indexOf(';', Math.max(start, 0));
		return (start < 0 || end < 0) ? "" : message.substring(start + before.length(), end) + " holds it; ";
	}

	private static String limit(String message, LockNotAcquiredException ex) {
		int start = message.indexOf("PT");
		int end = message.indexOf(',', Math.max(start, 0));
		Duration limit = (start < 0 || end < 0) ? ex.waited() : Duration.parse(message.substring(start, end));
		return Ages.text(limit);
	}

	private static Failure lockFile(String name, IOException cause) {
		String file = (cause instanceof FileSystemException ex && ex.getFile() != null) ? ex.getFile() : name;
		return Failure.of(file, "Cannot use the lock file: " + IoErrors.text(cause), remedy(cause), ExitStatus.ERROR,
				cause);
	}

	private static Failure engine(String name, AtomicWriteException ex, String message) {
		int split = message.indexOf("; ");
		String what = (split < 0) ? message : message.substring(0, split);
		String hint = (split < 0) ? null : options(message.substring(split + 2));
		for (Map.Entry<String, String> word : WORDS.entrySet()) {
			if (what.startsWith(word.getKey())) {
				what = word.getValue().equalsIgnoreCase(what) ? word.getValue() : word.getValue() + ": " + what;
				break;
			}
		}
		if (what.contains("(mounted read-only)")) {
			what = "Read-only file system: " + what;
		}
		return Failure.of(name, options(what), hint, ExitStatus.ERROR, ex);
	}

	/** The properties of the starter have other names here. */
	private static String options(String text) {
		return text.replace("(atomicwrite.safety, atomicwrite.require)", "with --safety")
			.replace("(atomicwrite.checksum.mode)", "(--checksum)")
			.replace(", or let the write create directories", "")
			.replace("remove it or allow to overwrite", "remove it, or leave out --no-clobber");
	}

	private static Failure io(String name, IOException ex) {
		String file = (ex instanceof FileSystemException at && at.getFile() != null) ? at.getFile() : name;
		return Failure.of(asNamed(file, name), IoErrors.text(ex), remedy(ex), ExitStatus.ERROR, ex);
	}

	/** The engine knows the absolute path of a file that the user named by another. */
	private static String asNamed(String file, String name) {
		try {
			return Path.of(name).toAbsolutePath().normalize().equals(Path.of(file)) ? name : file;
		}
		catch (InvalidPathException ex) {
			return file;
		}
	}

	private static String remedy(IOException ex) {
		IoErrors.Kind kind = IoErrors.classify(ex);
		return (kind == IoErrors.Kind.NOT_FOUND) ? "correct the path" : kind.remedy();
	}

}

package io.atomicwrite.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.ReadFailedException;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.fs.MagicLinkException;

/**
 * Words what went wrong for the user of the command: the name of the file as it was
 * typed, the error as the operating system calls it, and what to do about it.
 */
final class Failures {

	private Failures() {
	}

	static Failure of(Session session, Throwable thrown) {
		String name = session.subject();
		if (thrown instanceof Failure failure) {
			return failure.about(name);
		}
		if (thrown instanceof LockNotAcquiredException ex) {
			return (ex.getCause() instanceof MagicLinkException link) ? magicLink(name, link) : lock(name, ex);
		}
		if ((thrown instanceof TargetMissingException || thrown instanceof ReadFailedException)
				&& thrown.getCause() instanceof IOException ex) {
			return io(name, ex);
		}
		if (thrown instanceof AtomicWriteException ex) {
			return engine(name, ex);
		}
		if (thrown instanceof UncheckedIOException && thrown.getCause() instanceof IOException ex) {
			return io(name, ex);
		}
		if (thrown instanceof IOException ex) {
			return io(name, ex);
		}
		if (thrown instanceof OutOfMemoryError && String.valueOf(thrown.getMessage()).contains("native thread")) {
			return Failure.of(name, "the system lets this process have no more threads",
					"see the limits of processes and of memory (ulimit -u, ulimit -v)");
		}
		if (thrown instanceof OutOfMemoryError) {
			return Failure.of(name, "the input does not fit into the memory",
					"use --stream, or give Java more memory with ATOMIC_WRITE_JAVA_OPTS=-Xmx1g");
		}
		session.reporter().trace(thrown);
		return Failure.of(name, "unexpected " + thrown, "run it again with -vv and report the output");
	}

	private static Failure magicLink(String name, MagicLinkException ex) {
		return Failure.of(name, "leads through " + ex.getFile() + " to what a process has open, which is not replaced",
				RemedyWords.of(Remedy.NAME_FILE), ExitStatus.ERROR, ex);
	}

	private static Failure lock(String name, LockNotAcquiredException ex) {
		return switch (ex.reason()) {
			case BUSY -> Failure.of(name, "File locked by another process", holder(ex) + hint(ex),
					ExitStatus.LOCK_NOT_ACQUIRED, ex);
			case TIMEOUT -> Failure.of(name, "Lock acquisition timeout after " + limit(ex), holder(ex) + hint(ex),
					ExitStatus.LOCK_NOT_ACQUIRED, ex);
			case INTERRUPTED -> Failure.interrupted(name);
			case FAILED -> (ex.getCause() instanceof IOException cause)
					? Failure.of(ex.problem().obstacle().map(Path::toString).orElse(name),
							"Cannot use the lock file: " + IoErrors.text(cause), hint(ex), ExitStatus.ERROR, ex)
					: engine(name, ex);
			case SELF_DEADLOCK, CLOSED -> engine(name, ex);
		};
	}

	private static String holder(LockNotAcquiredException ex) {
		return ex.holder().map((holder) -> holder + " holds it; ").orElse("");
	}

	private static String limit(LockNotAcquiredException ex) {
		Duration limit = ex.limit().orElse(ex.waited());
		return Ages.text(limit);
	}

	private static Failure engine(String name, AtomicWriteException ex) {
		String hint = hint(ex);
		// before anything was begun, the state goes without saying
		boolean begun = ex instanceof WriteFailedException || ex.outcome() != WriteOutcome.NOT_COMMITTED;
		if (begun && !ex.state().isEmpty()) {
			hint = hint.isEmpty() ? ex.state() : ex.state() + ", " + hint;
		}
		return Failure.of(name, text(ex), hint.isEmpty() ? null : hint, ExitStatus.ERROR, ex);
	}

	private static String text(AtomicWriteException ex) {
		String system = system(ex);
		String summary = ex.problem().summary();
		int length = Math.max(0, system.length() - ": ".length());
		// the engine may have said the same by itself
		return summary.regionMatches(true, 0, system, 0, length)
				? system.substring(0, length) + summary.substring(length) : system + summary;
	}

	private static String hint(AtomicWriteException ex) {
		return RemedyWords.of(ex.problem().remedy());
	}

	/** What the engine finds out before the operating system can say it. */
	private static String system(AtomicWriteException ex) {
		Problem problem = ex.problem();
		if (ex instanceof TargetExistsException) {
			return "File exists: ";
		}
		if (ex instanceof TargetRejectedException rejected) {
			return switch (rejected.reason()) {
				case NO_DIRECTORY, NO_SOURCE -> "No such file or directory: ";
				case NOT_A_DIRECTORY -> "Not a directory: ";
				case DIRECTORY -> "Is a directory: ";
				case LINK_LOOP -> "Too many levels of symbolic links: ";
				case MOUNT_POINT -> "Device or resource busy: ";
				case SPECIAL_FILE, LINK, MAGIC_LINK, OUTSIDE_BASE, SAME_FILE, CHANGED, DISPLACED, FOREIGN_SIDECAR -> "";
			};
		}
		boolean refused = ex.getCause() == null && problem.error().filter(IoErrorKind.READ_ONLY::equals).isPresent();
		return refused ? "Read-only file system: " : "";
	}

	private static Failure io(String name, IOException ex) {
		if (ex instanceof MagicLinkException link) {
			return magicLink(name, link);
		}
		String file = (ex instanceof FileSystemException at && at.getFile() != null) ? at.getFile() : name;
		return Failure.of(asNamed(file, name), IoErrors.text(ex),
				RemedyWords.of(Remedy.ofReading(IoErrors.classify(ex))), ExitStatus.ERROR, ex);
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

}

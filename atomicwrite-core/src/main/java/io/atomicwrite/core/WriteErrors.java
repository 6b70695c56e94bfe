package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

import io.atomicwrite.DurabilityUnknownException;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.IoErrors;

/**
 * Turns I/O errors into exceptions that say what happened and what to do.
 */
final class WriteErrors {

	private WriteErrors() {
	}

	static WriteFailedException failed(Path target, WritePhase phase, WriteOutcome outcome, IOException cause) {
		String what = switch (phase) {
			case RESOLVE -> "resolving the target";
			case GATE -> "inspecting the filesystem";
			case LOCK -> "locking the target";
			case CHECK -> "checking the target";
			case STAGE -> "writing the staging file";
			case METADATA -> "setting the metadata of the staging file";
			case SYNC -> "syncing the staging file";
			case COMPANIONS -> "writing the backup or the sidecar";
			case COMMIT -> "replacing the target by the staging file";
			case PUBLISH -> "syncing the directory";
			case RELEASE -> "releasing the lock";
		};
		Remedy remedy = Remedy.of(phase, IoErrors.classify(cause));
		return new WriteFailedException(target, phase, outcome, problem(target, what, remedy, cause), cause);
	}

	/** A missing directory that could not be created. */
	static WriteFailedException noDirectory(Path target, Path directory, IOException cause) {
		Problem problem = problem(target, "creating the directory " + directory,
				Remedy.ofCreatingDirectory(IoErrors.classify(cause)), cause);
		return new WriteFailedException(target, WritePhase.LOCK, WriteOutcome.NOT_COMMITTED, problem.at(directory),
				cause);
	}

	/** Old content that a write builds on and that could not be read. */
	static WriteFailedException oldContentNotRead(Path target, IOException cause) {
		return new WriteFailedException(target, WritePhase.STAGE, WriteOutcome.NOT_COMMITTED,
				problem(target, "reading the old content", Remedy.ofReading(IoErrors.classify(cause)), cause), cause);
	}

	/** Content that its producer could not produce: not the target's fault. */
	static WriteFailedException noContent(Path target, IOException cause) {
		Problem problem = Problem.of("the content could not be produced: " + IoErrors.text(cause), Remedy.NONE);
		return new WriteFailedException(target, WritePhase.STAGE, WriteOutcome.NOT_COMMITTED, problem, cause);
	}

	private static Problem problem(Path target, String what, Remedy remedy, IOException cause) {
		Problem problem = Problem.of(IoErrors.text(cause) + " while " + what, remedy)
			.causedBy(IoErrors.classify(cause));
		String file = (cause instanceof FileSystemException ex) ? ex.getFile() : null;
		return (file == null || file.equals(target.toString())) ? problem : problem.at(Path.of(file));
	}

	/**
	 * Reports a sync that failed after the commit as the safety policy says: thrown, as a
	 * warning, or by the outcome alone.
	 */
	static WriteOutcome notDurable(Site site, IOException cause) {
		SafetyPolicy safety = site.options().safety();
		IoErrorKind error = IoErrors.classify(cause);
		Problem problem = Problem.of(IoErrors.text(cause) + " after the commit", Remedy.of(WritePhase.PUBLISH, error));
		DurabilityUnknownException unknown = new DurabilityUnknownException(site.place().path(),
				problem.causedBy(error), cause);
		if (safety == SafetyPolicy.STRICT) {
			throw unknown;
		}
		if (safety == SafetyPolicy.WARN) {
			site.grant().warnings().add(problem.summary() + "; " + unknown.state() + ", " + problem.remedy().text());
		}
		return WriteOutcome.VISIBLE_NOT_DURABLE;
	}

}

package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

import io.atomicwrite.DurabilityUnknownException;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.LockLostException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
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
			case COMPANIONS -> companions(target, cause);
			case COMMIT -> "replacing the target by the staging file";
			case PUBLISH -> "syncing the directory";
			case RELEASE -> "releasing the lock";
		};
		Remedy remedy = remedy(target, phase, cause);
		return new WriteFailedException(target, phase, outcome, problem(target, what, remedy, cause), cause);
	}

	/** Backups may lie on another filesystem, and it is that one which is full then. */
	private static String companions(Path target, IOException cause) {
		String file = (cause instanceof FileSystemException ex) ? ex.getFile() : null;
		Path at = (file != null) ? Path.of(file) : target;
		boolean elsewhere = !Objects.equals(at.getParent(), target.getParent()) && !at.equals(target.getParent());
		return elsewhere ? "making the backup of the old content (at " + at + ", not beside the target)"
				: "writing the backup or the sidecar";
	}

	/** One error number has several causes: the file that the error names decides. */
	private static Remedy remedy(Path target, WritePhase phase, IOException cause) {
		IoErrorKind kind = IoErrors.classify(cause);
		if (phase == WritePhase.METADATA
				&& (cause instanceof ModeRefusedException || IoErrors.isOfForcedOwner(cause))) {
			return Remedy.LEAVE_MODE;
		}
		boolean ofTarget = cause instanceof FileSystemException ex && target.toString().equals(ex.getFile());
		return (phase == WritePhase.COMPANIONS && kind == IoErrorKind.ACCESS_DENIED && ofTarget) ? Remedy.PERMIT_READING
				: Remedy.of(phase, kind);
	}

	/**
	 * Whether a staging file was gone before the commit: the next holder of the lock has
	 * deleted it.
	 */
	static boolean isOfRevokedFile(IOException cause) {
		String file = (cause instanceof NoSuchFileException ex) ? ex.getFile() : null;
		if (file == null) {
			return false;
		}
		Artifact artifact = ArtifactNames.parse(Path.of(file).getFileName().toString());
		return artifact != null && artifact.kind() == ArtifactKind.STAGING;
	}

	/** A staging file that another holder of the lock has deleted. */
	static LockLostException revoked(Path target, WritePhase phase, WriteOutcome outcome, IOException cause) {
		Problem problem = Problem
			.of("the lock was lost while it was held: another writer got it, and deleted the staging file",
					Remedy.READ_AGAIN_AFTER_LOSS)
			.causedBy(IoErrors.classify(cause));
		return new LockLostException(target, phase, outcome, LockLostException.Reason.REVOKED, problem, cause);
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

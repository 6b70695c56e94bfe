package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.DurabilityUnknownException;
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
			case GATE -> "finding out about the filesystem";
			case LOCK -> "locking the target";
			case CHECK -> "looking at the target";
			case STAGE -> "writing the staging file";
			case METADATA -> "setting the metadata of the staging file";
			case SYNC -> "syncing the staging file";
			case COMPANIONS -> "writing backup or sidecar";
			case COMMIT -> "putting the staging file in the place of the target";
			case PUBLISH -> "syncing the directory";
			case RELEASE -> "releasing the lock";
		};
		return new WriteFailedException(target, phase, outcome, IoErrors.text(cause) + " while " + what + "; "
				+ state(outcome) + ", " + IoErrors.classify(cause).remedy(), cause);
	}

	/** A missing directory that can't be created. */
	static WriteFailedException noDirectory(Path target, Path directory, IOException cause) {
		return new WriteFailedException(target, WritePhase.LOCK, WriteOutcome.NOT_COMMITTED,
				IoErrors.text(cause) + " while creating the directory " + directory + "; "
						+ state(WriteOutcome.NOT_COMMITTED) + ", " + IoErrors.classify(cause).remedy(),
				cause);
	}

	/** Content that its producer could not produce: not the target's fault. */
	static WriteFailedException noContent(Path target, IOException cause) {
		return new WriteFailedException(target, WritePhase.STAGE, WriteOutcome.NOT_COMMITTED,
				"the content could not be produced: " + IoErrors.text(cause) + "; " + state(WriteOutcome.NOT_COMMITTED),
				cause);
	}

	private static String state(WriteOutcome outcome) {
		return switch (outcome) {
			case NOT_COMMITTED -> "the target is as it was";
			case VISIBLE_NOT_DURABLE -> "the new content is visible but may not survive a crash";
			case DURABLE -> "the new content is in place";
			case INDETERMINATE -> "the target holds either the old content or the new, whole; read it to find out";
		};
	}

	/**
	 * Reports a sync that failed after the commit as the safety policy says: thrown, as a
	 * warning, or by the outcome alone.
	 */
	static WriteOutcome notDurable(Site site, IOException cause) {
		SafetyPolicy safety = site.options().safety();
		if (safety == SafetyPolicy.STRICT) {
			throw new DurabilityUnknownException(site.place().path(), durabilityUnknown(cause), cause);
		}
		if (safety == SafetyPolicy.WARN) {
			site.grant().warnings().add(durabilityUnknown(cause));
		}
		return WriteOutcome.VISIBLE_NOT_DURABLE;
	}

	private static String durabilityUnknown(IOException cause) {
		return IoErrors.text(cause) + " after the commit; " + state(WriteOutcome.VISIBLE_NOT_DURABLE)
				+ ", check the device and write again rather than sync again";
	}

}

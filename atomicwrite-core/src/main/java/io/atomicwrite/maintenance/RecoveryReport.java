package io.atomicwrite.maintenance;

import java.nio.file.Path;
import java.util.List;

/**
 * The result of a recovery. Immutable.
 *
 * @param directory the directory, as a canonical path if it exists
 * @param dryRun whether nothing was changed; the steps are then those that would have
 * been performed
 * @param skipped whether nothing was done because another thread or process was sweeping
 * or recovering the directory
 * @param complete whether it completed; an interrupt ends it early
 * @param steps what was done, one step per file
 * @param alive the number of staging files that were kept because their writer is alive
 * or could not be shown to be gone
 * @param young the number of staging files without a writer that were kept because they
 * are younger than {@link RecoveryOptions#orphanAge()}
 * @param failures the failures, which did not end the recovery
 */
public record RecoveryReport(Path directory, boolean dryRun, boolean skipped, boolean complete, List<Step> steps,
		long alive, long young, List<SweepReport.Failure> failures) {

	/**
	 * Creates a report.
	 * @param directory the directory
	 * @param dryRun whether nothing was changed
	 * @param skipped whether nothing was done
	 * @param complete whether it completed
	 * @param steps what was done
	 * @param alive the number of staging files that were kept
	 * @param young the number of staging files that were kept because of their age alone
	 * @param failures the failures
	 */
	public RecoveryReport {
		steps = List.copyOf(steps);
		failures = List.copyOf(failures);
	}

	/**
	 * What was done with one file.
	 *
	 * @param file the file
	 * @param action the action
	 * @param reason the reason, as text for a person
	 */
	public record Step(Path file, Action action, String reason) {
	}

	/**
	 * An action on a file.
	 */
	public enum Action {

		/**
		 * A staging file was deleted, or the sidecar of a file that was never written.
		 */
		DISCARDED,

		/** A staging file became its target. */
		FINISHED,

		/** A staging file was renamed and kept as evidence. */
		SET_ASIDE,

		/** A sidecar of a write that did not happen now records the existing content. */
		SETTLED,

		/** The file was left unchanged and needs the attention of a person. */
		DOUBTFUL

	}

}

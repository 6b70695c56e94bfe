package io.atomicwrite.maintenance;

import java.nio.file.Path;
import java.util.List;

/**
 * What a recovery found and did.
 *
 * @param directory the directory, without links if it exists
 * @param dryRun whether nothing was changed; what is reported would have been done
 * @param skipped whether nothing was done because another thread or process is at the
 * directory right now
 * @param complete whether it came to its end; an interrupt ends it before
 * @param steps what was done, file by file
 * @param alive the number of staging files that stayed: their writer lives, or could not
 * be shown to be gone
 * @param failures what could not be done
 */
public record RecoveryReport(Path directory, boolean dryRun, boolean skipped, boolean complete, List<Step> steps,
		long alive, List<SweepReport.Failure> failures) {

	/**
	 * Creates a report.
	 * @param directory the directory
	 * @param dryRun whether nothing was changed
	 * @param skipped whether nothing was done
	 * @param complete whether it came to its end
	 * @param steps what was done
	 * @param alive the number of staging files that stayed
	 * @param failures what could not be done
	 */
	public RecoveryReport {
		steps = List.copyOf(steps);
		failures = List.copyOf(failures);
	}

	/**
	 * What was done with one file.
	 *
	 * @param file the file
	 * @param action what was done
	 * @param reason why
	 */
	public record Step(Path file, Action action, String reason) {
	}

	/**
	 * What is done with a file.
	 */
	public enum Action {

		/**
		 * A staging file, or the sidecar of a target that never came to be, was deleted.
		 */
		DISCARDED,

		/** A staging file became its target. */
		FINISHED,

		/** A staging file was kept under another name. */
		SET_ASIDE,

		/** A sidecar that announced a write which did not happen says what is there. */
		SETTLED,

		/** A person should look at it; it was left as it is. */
		DOUBTFUL

	}

}

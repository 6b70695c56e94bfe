package io.atomicwrite.spring.housekeeping;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.maintenance.SweepReport;
import io.atomicwrite.maintenance.SweepReport.Failure;
import io.atomicwrite.spring.directory.ManagedDirectory;

/**
 * The log messages of a sweep.
 *
 * @param directory the directory
 * @param report its report
 */
record SweepSummary(ManagedDirectory directory, SweepReport report) {

	private static final int SHOWN = 3;

	boolean isChange() {
		return !this.report.dryRun() && this.report.total().count() > 0;
	}

	/** A lock file is often young without a crash: a registry may keep it. */
	boolean hasYoungStagingFiles() {
		return this.report.young().containsKey(ArtifactKind.STAGING);
	}

	boolean hasFailures() {
		return this.report.failureCount() > 0;
	}

	String text() {
		if (this.report.skipped()) {
			return start() + "skipped: another thread or process is sweeping or recovering it";
		}
		return start() + (this.report.dryRun() ? "would remove " : "removed ") + removed() + ", examined "
				+ this.report.examined() + " entries, kept " + this.report.alive() + " staging files in use" + young()
				+ ", in " + this.report.elapsed().toMillis() + " ms" + (this.report.complete() ? "" : "; ended early");
	}

	private String young() {
		long locks = this.report.young().getOrDefault(ArtifactKind.LOCK, 0L);
		return young(this.report.youngCount() - locks, "staging files", "orphan-age")
				+ young(locks, "lock files", "lock-age");
	}

	/** How many stay because of their age alone, and what includes them. */
	static String young(long count, String what, String property) {
		return (count > 0)
				? ", kept " + count + " leftover " + what + " younger than atomicwrite.housekeeping." + property : "";
	}

	private String removed() {
		if (this.report.removed().isEmpty()) {
			return "nothing";
		}
		String kinds = this.report.removed()
			.entrySet()
			.stream()
			.map((entry) -> entry.getValue().count() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
		return kinds + " (" + this.report.total().bytes() + " bytes)";
	}

	String failures() {
		long more = this.report.failureCount() - SHOWN;
		return start() + "failed: " + firstOf(this.report.failures()) + ((more > 0) ? "; and " + more + " more" : "");
	}

	/** Formats the first failures, as many as fit on one line of the log. */
	static String firstOf(List<Failure> failures) {
		return failures.stream()
			.limit(SHOWN)
			.map((failure) -> failure.path() + ": " + failure.reason())
			.collect(Collectors.joining("; "));
	}

	private String start() {
		return "Housekeeping of " + this.directory.label() + " ";
	}

}

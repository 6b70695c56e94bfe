package io.atomicwrite.spring.housekeeping;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.atomicwrite.maintenance.Recovery;
import io.atomicwrite.maintenance.RecoveryOptions;
import io.atomicwrite.maintenance.RecoveryReport;
import io.atomicwrite.maintenance.RecoveryReport.Action;
import io.atomicwrite.maintenance.RecoveryReport.Step;
import io.atomicwrite.maintenance.SweepReport.Failure;
import io.atomicwrite.spring.directory.ManagedDirectory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Recovers managed directories with the configured options and logs what was done. Only
 * the first complete recovery of a directory compares files with their sidecars.
 * Thread-safe.
 */
public final class DirectoryRecovery {

	private static final Log logger = LogFactory.getLog(DirectoryRecovery.class);

	private final Recovery recovery;

	private final RecoveryOptions options;

	/** The directories whose files were compared with their sidecars. */
	private final Set<String> verified = ConcurrentHashMap.newKeySet();

	/**
	 * Creates an instance.
	 * @param recovery the recovery to run
	 * @param options its options
	 */
	public DirectoryRecovery(Recovery recovery, RecoveryOptions options) {
		this.recovery = recovery;
		this.options = options;
	}

	void recover(ManagedDirectory directory, boolean dryRun) {
		boolean sidecars = this.options.sidecars() && !this.verified.contains(directory.name());
		RecoveryReport report = this.recovery.recover(directory.path(),
				this.options.with((changes) -> changes.sidecars(sidecars).dryRun(dryRun)));
		if (sidecars && !dryRun && report.complete()) {
			this.verified.add(directory.name());
		}
		log(directory, report);
	}

	private static void log(ManagedDirectory directory, RecoveryReport report) {
		String start = "Recovery of " + directory.label() + " ";
		String steps = steps(report);
		String kept = SweepSummary.young(report.young(), "staging files", "orphan-age");
		if ((steps.isEmpty() || report.dryRun()) && kept.isEmpty()) {
			logger.debug(start + (report.skipped() ? "skipped: another thread or process is sweeping or recovering it"
					: done(report, steps)));
		}
		else {
			logger.info(start + done(report, steps) + kept);
		}
		warn(start, report);
	}

	private static String done(RecoveryReport report, String steps) {
		return (report.dryRun() ? "would have " : "") + (steps.isEmpty() ? "found nothing to do" : steps);
	}

	private static void warn(String start, RecoveryReport report) {
		List<Failure> doubtful = report.steps()
			.stream()
			.filter((step) -> step.action() == Action.DOUBTFUL)
			.map((step) -> new Failure(step.file(), step.reason()))
			.toList();
		if (!doubtful.isEmpty()) {
			logger.warn(start + "needs the attention of a person: " + SweepSummary.firstOf(doubtful));
		}
		if (!report.failures().isEmpty() && !Thread.currentThread().isInterrupted()) {
			logger.warn(start + "failed: " + SweepSummary.firstOf(report.failures()));
		}
	}

	private static String steps(RecoveryReport report) {
		Map<Action, Integer> counts = new TreeMap<>();
		for (Step step : report.steps()) {
			counts.merge(step.action(), 1, Integer::sum);
		}
		return counts.entrySet()
			.stream()
			.map((entry) -> entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + entry.getValue())
			.collect(Collectors.joining(", "));
	}

}

package io.atomicwrite.spring.housekeeping;

import java.util.List;

import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.SweepListener;
import io.atomicwrite.maintenance.SweepOptions;
import io.atomicwrite.maintenance.SweepReport;
import io.atomicwrite.spring.directory.ManagedDirectory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps managed directories with the configured options and logs what was done.
 * Thread-safe.
 */
public final class DirectoryHousekeeping {

	private static final Log logger = LogFactory.getLog(DirectoryHousekeeping.class);

	private final Housekeeper housekeeper;

	private final SweepOptions options;

	private final SweepListener listener;

	private final @Nullable DirectoryRecovery recovery;

	/**
	 * Creates an instance.
	 * @param housekeeper the housekeeper to run
	 * @param options its options
	 * @param listeners the listeners of sweeps; dry runs do not invoke them
	 * @param recovery the recovery before each sweep, or {@code null} for none
	 */
	public DirectoryHousekeeping(Housekeeper housekeeper, SweepOptions options, List<SweepListener> listeners,
			@Nullable DirectoryRecovery recovery) {
		this.housekeeper = housekeeper;
		this.options = options;
		this.listener = new SweepListeners(listeners);
		this.recovery = recovery;
	}

	/**
	 * Sweeps a directory, after a recovery if that is configured.
	 * @param directory the directory
	 * @param dryRun whether to change nothing and only report what would be removed
	 * @return the report
	 */
	public SweepReport sweep(ManagedDirectory directory, boolean dryRun) {
		if (this.recovery != null) {
			this.recovery.recover(directory, dryRun);
		}
		SweepReport report = dryRun
				? this.housekeeper.sweep(directory.path(), this.options.toBuilder().dryRun(true).build())
				: this.housekeeper.sweep(directory.path(), this.options, this.listener);
		log(new SweepSummary(directory, report));
		return report;
	}

	private static void log(SweepSummary summary) {
		if (summary.isChange()) {
			logger.info(summary.text());
		}
		else {
			logger.debug(summary.text());
		}
		if (summary.hasFailures()) {
			// failures due to the interrupt of a shutdown are expected
			if (Thread.currentThread().isInterrupted()) {
				logger.debug(summary.failures());
			}
			else {
				logger.warn(summary.failures());
			}
		}
	}

}

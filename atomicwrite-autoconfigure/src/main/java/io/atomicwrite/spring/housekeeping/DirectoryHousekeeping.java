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
 * Sweeps managed directories as the application is configured, and logs what was done.
 */
public final class DirectoryHousekeeping {

	private static final Log logger = LogFactory.getLog(DirectoryHousekeeping.class);

	private final Housekeeper housekeeper;

	private final SweepOptions options;

	private final SweepListener listener;

	private final @Nullable DirectoryRecovery recovery;

	/**
	 * Creates the housekeeping.
	 * @param housekeeper does the sweeping
	 * @param options what to take away
	 * @param listeners are told of what is removed, but not of dry runs
	 * @param recovery what comes before each sweep, or {@code null} if nothing does
	 */
	public DirectoryHousekeeping(Housekeeper housekeeper, SweepOptions options, List<SweepListener> listeners,
			@Nullable DirectoryRecovery recovery) {
		this.housekeeper = housekeeper;
		this.options = options;
		this.listener = new SweepListeners(listeners);
		this.recovery = recovery;
	}

	/**
	 * Sweeps a directory, after its recovery if the application is configured so.
	 * @param directory the directory
	 * @param dryRun whether to change nothing and only tell what would go
	 * @return what was done
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
			// what was cut off by a stop did not fail
			if (Thread.currentThread().isInterrupted()) {
				logger.debug(summary.failures());
			}
			else {
				logger.warn(summary.failures());
			}
		}
	}

}

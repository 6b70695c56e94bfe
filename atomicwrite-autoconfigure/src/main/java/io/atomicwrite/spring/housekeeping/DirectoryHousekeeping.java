package io.atomicwrite.spring.housekeeping;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

	/** The sweeps under way, with the time at which each began. */
	private final Map<Object, Sweeping> sweeping = new ConcurrentHashMap<>();

	private final Map<String, SweepTally> tallies = new ConcurrentHashMap<>();

	private final InstantSource clock;

	/**
	 * Creates an instance.
	 * @param housekeeper the housekeeper to run
	 * @param options its options
	 * @param listeners the listeners of sweeps; dry runs do not invoke them
	 * @param recovery the recovery before each sweep, or {@code null} for none
	 */
	public DirectoryHousekeeping(Housekeeper housekeeper, SweepOptions options, List<SweepListener> listeners,
			@Nullable DirectoryRecovery recovery) {
		this(housekeeper, options, listeners, recovery, InstantSource.system());
	}

	/**
	 * Creates an instance with a clock.
	 * @param housekeeper the housekeeper to run
	 * @param options its options
	 * @param listeners the listeners of sweeps; dry runs do not invoke them
	 * @param recovery the recovery before each sweep, or {@code null} for none
	 * @param clock the clock for the time of the last success
	 */
	public DirectoryHousekeeping(Housekeeper housekeeper, SweepOptions options, List<SweepListener> listeners,
			@Nullable DirectoryRecovery recovery, InstantSource clock) {
		this.clock = clock;
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
		Object key = new Object();
		this.sweeping.put(key, new Sweeping(directory.name(), System.nanoTime()));
		SweepTally tally = tally(directory);
		try {
			SweepReport report = recoverAndSweep(directory, dryRun);
			tally.ended(report, this.clock.instant());
			return report;
		}
		catch (RuntimeException | Error ex) {
			tally.failed(dryRun);
			throw ex;
		}
		finally {
			this.sweeping.remove(key);
		}
	}

	/**
	 * Returns how the sweeps of a directory have ended.
	 * @param directory the directory
	 * @return the tally, which goes on counting
	 */
	public SweepTally tally(ManagedDirectory directory) {
		return this.tallies.computeIfAbsent(directory.name(), (name) -> new SweepTally());
	}

	/**
	 * Returns for how long a directory has been swept.
	 * @param directory the directory
	 * @return the time since its longest running sweep began; zero if there is none
	 */
	public Duration running(ManagedDirectory directory) {
		long now = System.nanoTime();
		return Duration.ofNanos(this.sweeping.values()
			.stream()
			.filter((sweep) -> sweep.directory.equals(directory.name()))
			.mapToLong((sweep) -> now - sweep.began)
			.max()
			.orElse(0));
	}

	private SweepReport recoverAndSweep(ManagedDirectory directory, boolean dryRun) {
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
		if (summary.isChange() || summary.hasYoungStagingFiles()) {
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

	private record Sweeping(String directory, long began) {
	}

}

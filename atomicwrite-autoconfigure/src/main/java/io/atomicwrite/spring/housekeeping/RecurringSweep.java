package io.atomicwrite.spring.housekeeping;

import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.isolation.DaemonCalls;
import io.atomicwrite.spring.directory.Answer;
import io.atomicwrite.spring.directory.DirectoryInspection;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.directory.ManagedDirectory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps one managed directory again and again, each time on a new daemon thread. The
 * next sweep is scheduled when one ends, so a directory that hangs holds one thread and
 * delays no other directory.
 */
final class RecurringSweep {

	private static final Log logger = LogFactory.getLog(RecurringSweep.class);

	/** A sweep with orphans pauses for two seconds, so a shorter one is no news. */
	private static final Duration SHORTEST_OVERRUN = Duration.ofSeconds(5);

	private static final Duration LONGEST_OVERRUN = Duration.ofMinutes(1);

	private final ManagedDirectory directory;

	private final DirectoryHousekeeping housekeeping;

	private final DirectoryLooks looks;

	private final Duration interval;

	private final ScheduledExecutorService timer;

	private volatile @Nullable Thread thread;

	private volatile boolean silent;

	RecurringSweep(ManagedDirectory directory, DirectoryHousekeeping housekeeping, DirectoryLooks looks,
			Duration interval, ScheduledExecutorService timer) {
		this.directory = directory;
		this.housekeeping = housekeeping;
		this.looks = looks;
		this.interval = interval;
		this.timer = timer;
	}

	/** Schedules the next sweep; after the timer was shut down there is none. */
	void schedule(Duration delay) {
		try {
			this.timer.schedule(this::begin, delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("No further sweep", ex);
		}
	}

	private void begin() {
		Thread created = DaemonCalls.thread("atomicwrite-housekeeping-" + this.directory.name(), this::run);
		this.thread = created;
		try {
			created.start();
		}
		catch (OutOfMemoryError ex) {
			// there is no thread left for it now
			logger.warn(about() + "could not begin", ex);
			schedule(this.interval);
		}
	}

	private void run() {
		@Nullable ScheduledFuture<?> watchdog = null;
		try {
			if (isReady()) {
				watchdog = this.timer.schedule(this::warnOfOverrun, overrun().toMillis(), TimeUnit.MILLISECONDS);
				sweep();
			}
		}
		catch (RejectedExecutionException ex) {
			logger.trace("The application is shutting down", ex);
		}
		catch (Throwable ex) {
			// an exception would silently end the schedule
			logger.warn(about() + "failed", ex);
		}
		finally {
			if (watchdog != null) {
				watchdog.cancel(false);
			}
			this.thread = null;
			schedule(this.interval);
		}
	}

	/** Whether the directory answers, and is the one that is to be swept. */
	private boolean isReady() {
		Answer<DirectoryInspection> answer = this.looks.inspect(this.directory);
		if (Thread.currentThread().isInterrupted()) {
			return false;
		}
		if (answer.silent() != this.silent) {
			this.silent = answer.silent();
			if (this.silent) {
				logger.warn(about() + "waits: the directory " + answer.problem().orElseThrow());
			}
			else {
				logger.info(about() + "continues: the directory answers again");
			}
		}
		return !answer.silent() && answer.current().flatMap(DirectoryInspection::displaced).isEmpty();
	}

	private void sweep() {
		if (Files.notExists(this.directory.path())) {
			logger
				.debug("Managed directory " + this.directory.label() + " does not exist, so there is nothing to sweep");
			return;
		}
		this.housekeeping.sweep(this.directory, false);
	}

	/** A sweep has overrun if the next one would be due by now, within reason. */
	private Duration overrun() {
		Duration least = (this.interval.compareTo(SHORTEST_OVERRUN) > 0) ? this.interval : SHORTEST_OVERRUN;
		return (least.compareTo(LONGEST_OVERRUN) < 0) ? least : LONGEST_OVERRUN;
	}

	private void warnOfOverrun() {
		logger.warn(about() + "has been running for " + overrun().toSeconds()
				+ " s; the directory is not swept again before it ends");
	}

	/** Interrupts the sweep. */
	void interrupt() {
		Thread running = this.thread;
		if (running != null) {
			running.interrupt();
		}
	}

	/**
	 * Waits for the sweep to end.
	 * @param nanos the longest time to wait
	 */
	void awaitEnd(long nanos) throws InterruptedException {
		Thread running = this.thread;
		if (running != null) {
			// zero would wait for ever
			running.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
			if (running.isAlive()) {
				logger.warn(about() + "did not end after it was interrupted");
			}
		}
	}

	private String about() {
		return "Housekeeping of " + this.directory.label() + " ";
	}

}

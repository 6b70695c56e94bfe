package io.atomicwrite.spring.housekeeping;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import io.atomicwrite.isolation.DaemonCalls;
import io.atomicwrite.spring.directory.DirectoryLooks;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Sweeps the managed directories at regular intervals while the application runs, each
 * directory on its own daemon thread. Starting never waits for a sweep; stopping
 * interrupts the sweeps and waits for a few seconds at most.
 */
public final class ScheduledHousekeeper implements SmartLifecycle {

	/** An interrupted sweep ends immediately unless the filesystem hangs. */
	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

	private final DirectoryLooks looks;

	private final DirectoryHousekeeping housekeeping;

	private final Duration interval;

	private final boolean onStartup;

	private @Nullable Running running;

	/**
	 * Creates a housekeeper.
	 * @param looks looks at the directories, before each is swept
	 * @param housekeeping sweeps a directory
	 * @param interval the time between the end of one sweep of a directory and the start
	 * of the next
	 * @param onStartup whether the first sweeps start immediately
	 */
	public ScheduledHousekeeper(DirectoryLooks looks, DirectoryHousekeeping housekeeping, Duration interval,
			boolean onStartup) {
		this.looks = looks;
		this.housekeeping = housekeeping;
		this.interval = interval;
		this.onStartup = onStartup;
	}

	@Override
	public synchronized void start() {
		if (this.running == null) {
			ScheduledExecutorService timer = timer();
			Duration pause = (this.interval.toMillis() > 0) ? this.interval : Duration.ofMillis(1);
			List<RecurringSweep> sweeps = this.looks.directories()
				.all()
				.stream()
				.map((directory) -> new RecurringSweep(directory, this.housekeeping, this.looks, pause, timer))
				.toList();
			sweeps.forEach((sweep) -> sweep.schedule(this.onStartup ? Duration.ZERO : pause));
			this.running = new Running(timer, sweeps);
		}
	}

	private static ScheduledExecutorService timer() {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
				(task) -> DaemonCalls.thread("atomicwrite-housekeeping", task));
		timer.setRemoveOnCancelPolicy(true);
		return timer;
	}

	@Override
	public synchronized void stop() {
		Running stopped = this.running;
		this.running = null;
		if (stopped != null) {
			stopped.end();
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running != null;
	}

	private record Running(ScheduledExecutorService timer, List<RecurringSweep> sweeps) {

		void end() {
			this.timer.shutdownNow();
			this.sweeps.forEach(RecurringSweep::interrupt);
			long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
			try {
				for (RecurringSweep sweep : this.sweeps) {
					sweep.awaitEnd(deadline - System.nanoTime());
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}

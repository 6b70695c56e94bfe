package io.atomicwrite.spring.housekeeping;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;

import io.atomicwrite.isolation.DaemonCalls;
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

	private final Supplier<Optional<SweepSchedule>> schedule;

	private @Nullable Running running;

	/**
	 * Creates a housekeeper.
	 * @param schedule returns what to do at each start; empty if there are no directories
	 */
	public ScheduledHousekeeper(Supplier<Optional<SweepSchedule>> schedule) {
		this.schedule = schedule;
	}

	@Override
	public synchronized void start() {
		if (this.running == null) {
			this.running = this.schedule.get().map(ScheduledHousekeeper::begin).orElse(null);
		}
	}

	private static Running begin(SweepSchedule schedule) {
		ScheduledExecutorService timer = timer();
		Duration pause = (schedule.interval().toMillis() > 0) ? schedule.interval() : Duration.ofMillis(1);
		List<RecurringSweep> sweeps = schedule.looks()
			.directories()
			.all()
			.stream()
			.map((directory) -> new RecurringSweep(directory, schedule.housekeeping(), schedule.looks(), pause, timer))
			.toList();
		sweeps.forEach((sweep) -> sweep.schedule(schedule.onStartup() ? Duration.ZERO : pause));
		return new Running(timer, sweeps);
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

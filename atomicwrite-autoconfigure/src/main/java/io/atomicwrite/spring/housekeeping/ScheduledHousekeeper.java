package io.atomicwrite.spring.housekeeping;

import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedDirectory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Sweeps the managed directories at regular intervals while the application runs. A
 * daemon thread sweeps one directory after the other. Starting never waits for a sweep;
 * stopping interrupts it and waits for a few seconds at most.
 */
public final class ScheduledHousekeeper implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(ScheduledHousekeeper.class);

	/** An interrupted sweep ends immediately unless the filesystem hangs. */
	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

	private final ManagedDirectories directories;

	private final DirectoryHousekeeping housekeeping;

	private final Duration interval;

	private final boolean onStartup;

	private @Nullable ScheduledExecutorService executor;

	/**
	 * Creates a housekeeper.
	 * @param directories the directories
	 * @param housekeeping sweeps a directory
	 * @param interval the time between the end of one round and the start of the next
	 * @param onStartup whether the first round starts immediately
	 */
	public ScheduledHousekeeper(ManagedDirectories directories, DirectoryHousekeeping housekeeping, Duration interval,
			boolean onStartup) {
		this.directories = directories;
		this.housekeeping = housekeeping;
		this.interval = interval;
		this.onStartup = onStartup;
	}

	@Override
	public synchronized void start() {
		if (this.executor == null) {
			ScheduledExecutorService created = new ScheduledThreadPoolExecutor(1, ScheduledHousekeeper::newThread);
			long delay = Math.max(1, this.interval.toMillis());
			created.scheduleWithFixedDelay(this::sweepAll, this.onStartup ? 0 : delay, delay, TimeUnit.MILLISECONDS);
			this.executor = created;
		}
	}

	@Override
	public synchronized void stop() {
		ScheduledExecutorService running = this.executor;
		this.executor = null;
		if (running != null) {
			running.shutdownNow();
			try {
				if (!running.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
					logger
						.warn("A sweep did not end within " + STOP_TIMEOUT.toSeconds() + " s after it was interrupted");
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.executor != null;
	}

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "atomicwrite-housekeeping");
		thread.setDaemon(true);
		return thread;
	}

	private void sweepAll() {
		for (ManagedDirectory directory : this.directories.all()) {
			if (Thread.currentThread().isInterrupted()) {
				return;
			}
			sweep(directory);
		}
	}

	private void sweep(ManagedDirectory directory) {
		try {
			if (Files.notExists(directory.path())) {
				logger.debug("Managed directory '" + directory.name() + "' (" + directory.path()
						+ ") does not exist, so there is nothing to sweep");
				return;
			}
			this.housekeeping.sweep(directory, false);
		}
		catch (Throwable ex) {
			// an exception would silently end the schedule
			logger.warn("Housekeeping of '" + directory.name() + "' (" + directory.path() + ") failed", ex);
		}
	}

}

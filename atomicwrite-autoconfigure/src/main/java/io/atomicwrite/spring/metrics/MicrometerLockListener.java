package io.atomicwrite.spring.metrics;

import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * A {@link LockListener} that measures the time that threads wait for locks and hold
 * them. Thread-safe.
 */
public class MicrometerLockListener implements LockListener {

	private final MeterRegistry registry;

	private final ManagedDirectories directories;

	/**
	 * Creates a listener.
	 * @param registry the meter registry
	 * @param directories the managed directories, whose names become tag values
	 */
	public MicrometerLockListener(MeterRegistry registry, ManagedDirectories directories) {
		this.registry = registry;
		this.directories = directories;
		directories.all().stream().map(ManagedDirectory::name).forEach(this::registerMeters);
		registerMeters(ManagedDirectories.OTHER);
	}

	/** Registers all meters, so that dashboards find them before the first lock. */
	private void registerMeters(String directory) {
		waited(directory, MeterNames.ACQUIRED);
		waited(directory, MeterNames.value(LockNotAcquiredException.Reason.TIMEOUT));
		waited(directory, MeterNames.value(LockNotAcquiredException.Reason.BUSY));
		waited(directory, MeterNames.value(LockNotAcquiredException.Reason.INTERRUPTED));
		held(directory);
	}

	@Override
	public void acquired(Path target, Duration waited) {
		waited(this.directories.nameOf(target), MeterNames.ACQUIRED).record(waited);
	}

	@Override
	public void notAcquired(Path target, LockNotAcquiredException.Reason reason, Duration waited) {
		waited(this.directories.nameOf(target), MeterNames.value(reason)).record(waited);
	}

	@Override
	public void released(Path target, Duration held) {
		held(this.directories.nameOf(target)).record(held);
	}

	private Timer waited(String directory, String outcome) {
		return Timer.builder(MeterNames.LOCK_WAIT)
			.description("Time spent waiting for locks")
			.tag(MeterNames.DIRECTORY, directory)
			.tag(MeterNames.OUTCOME, outcome)
			.register(this.registry);
	}

	private Timer held(String directory) {
		return Timer.builder(MeterNames.LOCK_HOLD)
			.description("Time for which locks are held")
			.tag(MeterNames.DIRECTORY, directory)
			.register(this.registry);
	}

}

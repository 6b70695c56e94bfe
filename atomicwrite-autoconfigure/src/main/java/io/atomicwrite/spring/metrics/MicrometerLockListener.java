package io.atomicwrite.spring.metrics;

import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * A {@link LockListener} that measures the time that threads wait for locks and hold
 * them. Thread-safe.
 */
public class MicrometerLockListener implements LockListener {

	private final LockMeters meters;

	private final ManagedDirectories directories;

	/**
	 * Creates a listener.
	 * @param registry the meter registry
	 * @param directories the managed directories, whose names become tag values
	 */
	public MicrometerLockListener(MeterRegistry registry, ManagedDirectories directories) {
		this.meters = new LockMeters(registry);
		this.directories = directories;
	}

	@Override
	public void acquired(Path target, Duration waited) {
		this.meters.acquired(this.directories.nameOf(target)).record(waited);
	}

	@Override
	public void notAcquired(Path target, LockNotAcquiredException.Reason reason, Duration waited) {
		this.meters.notAcquired(this.directories.nameOf(target), reason).record(waited);
	}

	@Override
	public void lost(Path target, LockLostException.Reason reason) {
		this.meters.lost(reason).increment();
	}

	@Override
	public void renewed(Path target, Duration took) {
		this.meters.renewed().record(took);
	}

	@Override
	public void released(Path target, Duration held) {
		this.meters.held().record(held);
	}

}

package io.atomicwrite.spring.metrics;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.LockLostException;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.metrics.DirectoryMeters.Read;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * A {@link WriteListener} that measures the size of writes, the time per phase and,
 * unless observations do, the total time. It counts failures by their reason, warnings,
 * verified reads and checksum failures. Thread-safe.
 */
public class MicrometerWriteListener implements WriteListener {

	private final MeterRegistry registry;

	private final WriteMeters meters;

	private final LockMeters locks;

	private final ManagedDirectories directories;

	private final ObservedWrites observed;

	private final Map<WriteAttempt, Timer.Sample> running = new ConcurrentHashMap<>();

	/**
	 * Creates a listener.
	 * @param registry the meter registry
	 * @param directories the managed directories, whose names become tag values
	 * @param observed whether observations measure the total time of writes
	 */
	public MicrometerWriteListener(MeterRegistry registry, ManagedDirectories directories, ObservedWrites observed) {
		this.registry = registry;
		this.meters = new WriteMeters(registry);
		this.locks = new LockMeters(registry);
		this.directories = directories;
		this.observed = observed;
	}

	@Override
	public void started(WriteAttempt attempt) {
		if (!this.observed.enabled()) {
			this.running.put(attempt, Timer.start(this.registry));
		}
	}

	@Override
	public void completed(WriteAttempt attempt, WriteResult result) {
		DirectoryMeters directory = of(attempt.target());
		Timer.Sample sample = this.running.remove(attempt);
		if (sample != null) {
			sample.stop(directory.timer(result.outcome()));
		}
		if (attempt.kind() == WriteAttempt.Kind.WRITE) {
			directory.written(result.size());
		}
		result.timings().forEach((phase, time) -> this.meters.phase(phase).record(time));
	}

	@Override
	public void failed(WriteAttempt attempt, Throwable failure) {
		DirectoryMeters directory = of(attempt.target());
		Timer.Sample sample = this.running.remove(attempt);
		if (sample != null) {
			sample.stop(directory.timer(failure));
		}
		directory.failed(failure);
		if (failure instanceof LockLostException ex && ex.reason() == LockLostException.Reason.REVOKED) {
			// the filesystem noticed it, and not a check of the lease
			this.locks.lost(ex.reason()).increment();
		}
	}

	@Override
	public void discarded(WriteAttempt attempt) {
		Timer.Sample sample = this.running.remove(attempt);
		if (sample != null) {
			sample.stop(of(attempt.target()).timerOfDiscarded());
		}
	}

	@Override
	public void warned(Path target, String warning) {
		of(target).warned();
	}

	@Override
	public void checksumFailed(Path file) {
		of(file).checksumFailed();
	}

	@Override
	public void readVerified(Path file) {
		of(file).read(Read.VERIFIED);
	}

	@Override
	public void readDamaged(Path file) {
		of(file).read(Read.DAMAGED);
	}

	@Override
	public void fellBack(Path file, Path backup) {
		of(file).read(Read.FALLBACK);
	}

	private DirectoryMeters of(Path file) {
		return this.meters.of(this.directories.nameOf(file));
	}

}

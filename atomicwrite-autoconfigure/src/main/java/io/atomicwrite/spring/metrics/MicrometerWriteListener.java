package io.atomicwrite.spring.metrics;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * A {@link WriteListener} that measures the size of writes, the time per phase and,
 * unless observations do, the total time. It also counts checksum failures, and reads
 * that fell back to a backup. Thread-safe.
 */
public class MicrometerWriteListener implements WriteListener {

	private final MeterRegistry registry;

	private final ManagedDirectories directories;

	private final boolean timed;

	private final Map<WriteAttempt, Timer.Sample> running = new ConcurrentHashMap<>();

	/**
	 * Creates a listener.
	 * @param registry the meter registry
	 * @param directories the managed directories, whose names become tag values
	 * @param timed whether to measure the total time of writes
	 */
	public MicrometerWriteListener(MeterRegistry registry, ManagedDirectories directories, boolean timed) {
		this.registry = registry;
		this.directories = directories;
		this.timed = timed;
		registerMeters();
	}

	/** Registers all meters, so that dashboards find them before the first write. */
	private void registerMeters() {
		List<String> names = new ArrayList<>(this.directories.all().stream().map(ManagedDirectory::name).toList());
		names.add(ManagedDirectories.OTHER);
		for (String name : names) {
			size(name);
			checksumFailures(name);
			fallbacks(name);
			if (this.timed) {
				timer(name, MeterNames.value(WriteOutcome.DURABLE), MeterNames.NONE);
			}
		}
		for (WritePhase phase : WritePhase.values()) {
			phase(phase);
		}
	}

	@Override
	public void started(WriteAttempt attempt) {
		if (this.timed) {
			this.running.put(attempt, Timer.start(this.registry));
		}
	}

	@Override
	public void completed(WriteAttempt attempt, WriteResult result) {
		stop(attempt, MeterNames.value(result.outcome()), MeterNames.NONE);
		if (attempt.kind() == WriteAttempt.Kind.WRITE) {
			size(this.directories.nameOf(attempt.target())).record(result.size());
		}
		result.timings().forEach((phase, time) -> phase(phase).record(time));
	}

	@Override
	public void failed(WriteAttempt attempt, Throwable failure) {
		stop(attempt, MeterNames.outcome(failure), MeterNames.exception(failure));
	}

	@Override
	public void discarded(WriteAttempt attempt) {
		stop(attempt, MeterNames.DISCARDED, MeterNames.NONE);
	}

	@Override
	public void checksumFailed(Path file) {
		checksumFailures(this.directories.nameOf(file)).increment();
	}

	@Override
	public void fellBack(Path file, Path backup) {
		fallbacks(this.directories.nameOf(file)).increment();
	}

	private void stop(WriteAttempt attempt, String outcome, String exception) {
		Timer.Sample sample = this.running.remove(attempt);
		if (sample != null) {
			sample.stop(timer(this.directories.nameOf(attempt.target()), outcome, exception));
		}
	}

	private Timer timer(String directory, String outcome, String exception) {
		return Timer.builder(MeterNames.WRITE)
			.description("Duration of writes, moves and deletes")
			.tag(MeterNames.DIRECTORY, directory)
			.tag(MeterNames.OUTCOME, outcome)
			.tag(MeterNames.EXCEPTION, exception)
			.register(this.registry);
	}

	private DistributionSummary size(String directory) {
		return DistributionSummary.builder(MeterNames.WRITE_SIZE)
			.description("Size of the content written")
			.baseUnit("bytes")
			.tag(MeterNames.DIRECTORY, directory)
			.register(this.registry);
	}

	private Counter checksumFailures(String directory) {
		return Counter.builder(MeterNames.CHECKSUM_FAILURES)
			.description("Files whose content did not match their checksum")
			.tag(MeterNames.DIRECTORY, directory)
			.register(this.registry);
	}

	private Counter fallbacks(String directory) {
		return Counter.builder(MeterNames.FALLBACKS)
			.description("Reads that returned a backup because the file did not match its checksum")
			.tag(MeterNames.DIRECTORY, directory)
			.register(this.registry);
	}

	private Timer phase(WritePhase phase) {
		return Timer.builder(MeterNames.WRITE_PHASE)
			.description("Duration of the phases of writes, moves and deletes")
			.tag(MeterNames.PHASE, MeterNames.value(phase))
			.register(this.registry);
	}

}

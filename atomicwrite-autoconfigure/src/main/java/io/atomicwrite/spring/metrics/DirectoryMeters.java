package io.atomicwrite.spring.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.spring.directory.FailureReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of the writes and reads in one directory, all of which are registered.
 */
final class DirectoryMeters {

	private final Map<FailureReason, Counter> failures = new EnumMap<>(FailureReason.class);

	private final Map<Read, Counter> reads = new EnumMap<>(Read.class);

	private final Counter size;

	private final Counter checksumFailures;

	private final Counter warnings;

	private final MeterRegistry registry;

	private final String directory;

	private final Map<WriteOutcome, Timer> written = new ConcurrentHashMap<>();

	DirectoryMeters(MeterRegistry registry, String directory) {
		this.registry = registry;
		this.directory = directory;
		for (FailureReason reason : FailureReason.values()) {
			this.failures.put(reason,
					AtomicWriteMeterDocumentation.WRITE_FAILURES.counter()
						.tag(MeterNames.DIRECTORY, directory)
						.tag(MeterTag.REASON.asString(), reason.text())
						.register(registry));
		}
		for (Read outcome : Read.values()) {
			this.reads.put(outcome,
					AtomicWriteMeterDocumentation.READS.counter()
						.tag(MeterNames.DIRECTORY, directory)
						.tag(MeterNames.OUTCOME, MeterNames.value(outcome))
						.register(registry));
		}
		this.size = counter(AtomicWriteMeterDocumentation.CONTENT_SIZE, directory, registry);
		this.checksumFailures = counter(AtomicWriteMeterDocumentation.CHECKSUM_FAILURES, directory, registry);
		this.warnings = counter(AtomicWriteMeterDocumentation.WARNINGS, directory, registry);
	}

	private static Counter counter(AtomicWriteMeterDocumentation meter, String directory, MeterRegistry registry) {
		return meter.counter().tag(MeterNames.DIRECTORY, directory).register(registry);
	}

	/** The timer of the writes that succeed with an outcome. */
	Timer timer(WriteOutcome outcome) {
		return this.written.computeIfAbsent(outcome, (key) -> timer(MeterNames.value(key), MeterNames.NONE));
	}

	/** The timer of the writes that fail, which need not be fast. */
	Timer timer(Throwable failure) {
		return timer(MeterNames.outcome(failure), MeterNames.exception(failure), failure.getClass().getSimpleName());
	}

	/** The timer of the writes that are given up. */
	Timer timerOfDiscarded() {
		return timer(MeterNames.DISCARDED, MeterNames.NONE);
	}

	private Timer timer(String outcome, String exception) {
		return timer(outcome, exception, exception);
	}

	/** Micrometer's handler of observations names the exception a second time. */
	private Timer timer(String outcome, String exception, String error) {
		return AtomicWriteMeterDocumentation.WRITE.timer()
			.tags(MeterNames.DIRECTORY, this.directory, MeterNames.OUTCOME, outcome, MeterNames.EXCEPTION, exception,
					MeterNames.ERROR, error)
			.register(this.registry);
	}

	void written(long bytes) {
		this.size.increment(bytes);
	}

	void failed(Throwable failure) {
		Objects.requireNonNull(this.failures.get(FailureReason.of(failure))).increment();
	}

	void read(Read outcome) {
		Objects.requireNonNull(this.reads.get(outcome)).increment();
	}

	void checksumFailed() {
		this.checksumFailures.increment();
	}

	void warned() {
		this.warnings.increment();
	}

	/** How a verified read ended. */
	enum Read {

		VERIFIED, FALLBACK, DAMAGED

	}

}

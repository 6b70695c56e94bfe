package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.metrics.AtomicWriteMeterFilter;
import io.atomicwrite.spring.metrics.DefaultAtomicWriteObservationConvention;
import io.atomicwrite.spring.metrics.MicrometerLockListener;
import io.atomicwrite.spring.metrics.MicrometerWriteListener;
import io.atomicwrite.spring.metrics.ObservationWriteListener;
import io.atomicwrite.spring.metrics.ObservedWrites;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What metrics and observations add to a write: the events of one write, again and again.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class MetricsCostBenchmark {

	/**
	 * What there is to record in.
	 */
	@Param
	public Recording recording = Recording.NOTHING;

	private final AtomicReference<WriteAttempt> attempt = new AtomicReference<>();

	private final AtomicReference<WriteResult> result = new AtomicReference<>();

	private WriteListener observations = new WriteListener() {
	};

	private WriteListener meters = this.observations;

	private MicrometerLockListener locks = new MicrometerLockListener(
			new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), new ManagedDirectories(Map.of()));

	/**
	 * Makes one real write, whose events are repeated.
	 * @throws IOException if it fails
	 */
	@Setup
	public void write() throws IOException {
		Path directory = Files.createTempDirectory("metrics");
		AtomicFileTemplate.builder().listener(new WriteListener() {

			@Override
			public void completed(WriteAttempt written, WriteResult how) {
				MetricsCostBenchmark.this.attempt.set(written);
				MetricsCostBenchmark.this.result.set(how);
			}

		}).build().writeString(directory.resolve("file"), "content");
		ManagedDirectories directories = new ManagedDirectories(Map.of("data", directory));
		MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		registry.config().meterFilter(new AtomicWriteMeterFilter());
		ObservationRegistry observed = ObservationRegistry.create();
		if (this.recording == Recording.OBSERVATIONS) {
			observed.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
		}
		this.observations = new ObservationWriteListener(observed, directories, null,
				new DefaultAtomicWriteObservationConvention(), () -> false, InstantSource.system());
		this.meters = new MicrometerWriteListener(registry, directories,
				new ObservedWrites(observed, Stream::empty, Stream::empty, Stream::empty));
		this.locks = new MicrometerLockListener(registry, directories);
	}

	/**
	 * The events of one write under a lock.
	 */
	@Benchmark
	public void events() {
		WriteAttempt written = Objects.requireNonNull(this.attempt.get());
		WriteResult how = Objects.requireNonNull(this.result.get());
		if (this.recording != Recording.NOTHING) {
			this.meters.started(written);
			this.locks.acquired(written.target(), Duration.ofNanos(1000));
		}
		this.observations.started(written);
		if (this.recording != Recording.NOTHING) {
			this.locks.released(written.target(), Duration.ofNanos(1000));
			this.meters.completed(written, how);
		}
		this.observations.completed(written, how);
	}

	/**
	 * What an application has to record in.
	 */
	public enum Recording {

		/** An observation registry that nobody listens to. */
		NOTHING,

		/** A meter registry. */
		METERS,

		/** A meter registry that observations record in. */
		OBSERVATIONS

	}

}

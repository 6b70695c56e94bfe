package io.atomicwrite.spring.metrics;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What metrics and observations cost each write, in bytes: unlike the time, which the
 * benchmarks measure, that is the same on every machine. A look-up of a meter in its
 * registry costs some hundreds of bytes.
 */
class MetricsCostTests {

	private static final int WRITES = 2000;

	@TempDir
	private Path directory;

	private final AtomicReference<WriteAttempt> attempt = new AtomicReference<>();

	private final AtomicReference<WriteResult> result = new AtomicReference<>();

	@BeforeEach
	void write() {
		try (AtomicFileTemplate template = AtomicFileTemplate.builder().listener(new WriteListener() {

			@Override
			public void completed(WriteAttempt written, WriteResult how) {
				MetricsCostTests.this.attempt.set(written);
				MetricsCostTests.this.result.set(how);
			}

		}).build()) {
			template.writeString(this.directory.resolve("a.txt"), "abc");
		}
	}

	@Test
	void metersAreNotLookedUpForEachWrite() {
		MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		assertThat(bytesPerWrite(registry, ObservationRegistry.NOOP)).isLessThan(1600);
	}

	@Test
	void anObservationCostsItsKeys() {
		MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
		assertThat(bytesPerWrite(registry, observations)).isLessThan(5400);
	}

	private long bytesPerWrite(MeterRegistry registry, ObservationRegistry observations) {
		ManagedDirectories directories = new ManagedDirectories(Map.of("data", this.directory));
		ObservedWrites observed = new ObservedWrites(observations, Stream::empty, Stream::empty, Stream::empty);
		MicrometerWriteListener meters = new MicrometerWriteListener(registry, directories, observed);
		MicrometerLockListener locks = new MicrometerLockListener(registry, directories);
		ObservationWriteListener traces = new ObservationWriteListener(observations, directories, null,
				new DefaultAtomicWriteObservationConvention(), () -> false, InstantSource.system());
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long least = Long.MAX_VALUE;
		for (int round = 0; round < 5; round++) {
			long before = threads.getCurrentThreadAllocatedBytes();
			for (int i = 0; i < WRITES; i++) {
				meters.started(this.attempt.get());
				traces.started(this.attempt.get());
				locks.acquired(this.attempt.get().target(), Duration.ZERO);
				locks.released(this.attempt.get().target(), Duration.ZERO);
				meters.completed(this.attempt.get(), this.result.get());
				traces.completed(this.attempt.get(), this.result.get());
			}
			least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / WRITES);
		}
		return least;
	}

}

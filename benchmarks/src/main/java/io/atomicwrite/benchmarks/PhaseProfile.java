package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.DoubleStream;

import io.atomicwrite.WritePhase;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;

/**
 * What each phase of a write costs, as the results of the writes report it.
 */
final class PhaseProfile {

	private static final long WARM_UP_NANOS = 2_000_000_000L;

	private static final long RUN_NANOS = 2_000_000_000L;

	private final AtomicFileTemplate template = AtomicFileTemplate.create();

	private final WriteOptions options;

	private final Path target;

	private final byte[] content;

	PhaseProfile(Workspace workspace, int size, WriteOptions options) throws IOException {
		this.options = options;
		this.content = Workspace.content(size);
		this.target = workspace.target("PROFILE", this.content);
	}

	/** Returns the median microseconds of each phase. */
	Map<WritePhase, Double> run() {
		medians(WARM_UP_NANOS);
		return medians(RUN_NANOS);
	}

	private Map<WritePhase, Double> medians(long nanos) {
		Map<WritePhase, DoubleStream.Builder> times = new EnumMap<>(WritePhase.class);
		long start = System.nanoTime();
		while (System.nanoTime() - start < nanos) {
			WriteResult result = this.template.write(this.target, this.content, this.options);
			result.timings()
				.forEach((phase, time) -> times.computeIfAbsent(phase, (first) -> DoubleStream.builder())
					.add(micros(time)));
		}
		Map<WritePhase, Double> medians = new EnumMap<>(WritePhase.class);
		times.forEach((phase, micros) -> medians.put(phase, Spread.of(micros.build().toArray()).median()));
		return medians;
	}

	private static double micros(Duration time) {
		return time.toNanos() / 1000.0;
	}

}

package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import io.atomicwrite.WritePhase;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;

/**
 * What each phase of a write costs, as the results of the writes themselves tell it.
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

	/** Returns the mean microseconds of each phase. */
	Map<WritePhase, Double> run() {
		total(WARM_UP_NANOS);
		return total(RUN_NANOS);
	}

	private Map<WritePhase, Double> total(long nanos) {
		Map<WritePhase, Double> total = new EnumMap<>(WritePhase.class);
		long start = System.nanoTime();
		int writes = 0;
		while (System.nanoTime() - start < nanos) {
			WriteResult result = this.template.write(this.target, this.content, this.options);
			result.timings().forEach((phase, time) -> total.merge(phase, micros(time), Double::sum));
			writes++;
		}
		double count = writes;
		total.replaceAll((phase, micros) -> micros / count);
		return total;
	}

	private static double micros(Duration time) {
		return time.toNanos() / 1000.0;
	}

}

package io.atomicwrite.spring.metrics;

import java.nio.file.Path;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.maintenance.SweepListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * A {@link SweepListener} that counts the files that housekeeping removes. Thread-safe.
 */
public class MicrometerSweepListener implements SweepListener {

	private final MeterRegistry registry;

	/**
	 * Creates a listener.
	 * @param registry the meter registry
	 */
	public MicrometerSweepListener(MeterRegistry registry) {
		this.registry = registry;
		// register all counters now, so that dashboards find them before the first sweep
		for (ArtifactKind kind : ArtifactKind.values()) {
			removed(kind);
		}
	}

	@Override
	public void removed(Path file, ArtifactKind kind, long size) {
		removed(kind).increment();
	}

	private Counter removed(ArtifactKind kind) {
		return Counter.builder(MeterNames.HOUSEKEEPING_REMOVED)
			.description("Files that housekeeping removed")
			.tag(MeterNames.KIND, MeterNames.value(kind))
			.register(this.registry);
	}

}

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
	}

	/** Registers all counters, so that dashboards find them before the first sweep. */
	static void register(MeterRegistry registry) {
		for (ArtifactKind kind : ArtifactKind.values()) {
			removed(kind, registry);
		}
	}

	@Override
	public void removed(Path file, ArtifactKind kind, long size) {
		removed(kind, this.registry).increment();
	}

	private static Counter removed(ArtifactKind kind, MeterRegistry registry) {
		return AtomicWriteMeterDocumentation.HOUSEKEEPING_REMOVED.counter()
			.tag(MeterTag.KIND.asString(), MeterNames.value(kind))
			.register(registry);
	}

}

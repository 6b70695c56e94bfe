package io.atomicwrite.spring.metrics;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of writes and reads in a registry. Each is looked up there once: a look-up
 * costs more than what is recorded. Thread-safe.
 */
final class WriteMeters {

	private final MeterRegistry registry;

	private final Map<String, DirectoryMeters> directories = new ConcurrentHashMap<>();

	private final Map<WritePhase, Timer> phases = new EnumMap<>(WritePhase.class);

	WriteMeters(MeterRegistry registry) {
		this.registry = registry;
		for (WritePhase phase : WritePhase.values()) {
			this.phases.put(phase,
					AtomicWriteMeterDocumentation.PHASE.timer()
						.tag(MeterTag.PHASE.asString(), MeterNames.value(phase))
						.register(registry));
		}
	}

	/** Registers all meters, so that dashboards find them before the first write. */
	void register(Collection<String> names, ObservedWrites observed) {
		boolean timedByObservations = observed.enabled();
		for (String directory : names) {
			DirectoryMeters meters = of(directory);
			if (timedByObservations) {
				registerObserved(directory, observed);
			}
			else {
				meters.timer(WriteOutcome.DURABLE);
			}
		}
	}

	/**
	 * Registers what Micrometer's handler will find, so its meters have a description.
	 */
	private void registerObserved(String directory, ObservedWrites observed) {
		observed.tags(directory)
			.ifPresent((tags) -> AtomicWriteMeterDocumentation.WRITE.timer().tags(tags).register(this.registry));
	}

	DirectoryMeters of(String directory) {
		DirectoryMeters known = this.directories.get(directory);
		return (known != null) ? known
				: this.directories.computeIfAbsent(directory, (name) -> new DirectoryMeters(this.registry, name));
	}

	Timer phase(WritePhase phase) {
		return Objects.requireNonNull(this.phases.get(phase));
	}

}

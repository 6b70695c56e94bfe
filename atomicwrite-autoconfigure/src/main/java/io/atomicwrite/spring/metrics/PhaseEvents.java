package io.atomicwrite.spring.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.atomicwrite.WritePhase;
import io.micrometer.observation.Observation;

/**
 * The phases of a write as the events of its observation, with the time at which each
 * began.
 */
final class PhaseEvents {

	/** Micrometer counts each event by a meter of its own, which the filter refuses. */
	static final String PREFIX = "phase.";

	private PhaseEvents() {
	}

	static Observation.Event of(WritePhase phase) {
		return Observation.Event.of(PREFIX + MeterNames.value(phase), MeterNames.value(phase));
	}

	/** Adds the phases of a write that succeeded, which followed one another. */
	static void add(Observation observation, Instant end, Map<WritePhase, Duration> timings) {
		Instant begin = end.minus(timings.values().stream().reduce(Duration.ZERO, Duration::plus));
		for (WritePhase phase : WritePhase.values()) {
			Duration time = timings.get(phase);
			if (time != null) {
				observation.event(at(phase, begin));
				begin = begin.plus(time);
			}
		}
	}

	/** Adds the phase in which a write failed. */
	static void add(Observation observation, Instant end, WritePhase failed) {
		observation.event(at(failed, end));
	}

	private static Observation.Event at(WritePhase phase, Instant time) {
		return Observation.Event.of(PREFIX + MeterNames.value(phase), MeterNames.value(phase), time.toEpochMilli());
	}

}

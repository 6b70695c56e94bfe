package io.atomicwrite.core;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

import io.atomicwrite.WritePhase;

/**
 * Knows the phase a write is in, and how long each took. Only the thread that writes
 * enters phases; any thread may ask for the current one.
 */
final class PhaseTimer {

	private static final WritePhase[] PHASES = WritePhase.values();

	private final long[] nanos = new long[PHASES.length];

	private volatile WritePhase current = WritePhase.RESOLVE;

	private volatile long entered = System.nanoTime();

	void enter(WritePhase phase) {
		long now = System.nanoTime();
		this.nanos[this.current.ordinal()] += now - this.entered;
		this.current = phase;
		this.entered = now;
	}

	WritePhase current() {
		return this.current;
	}

	/** Returns how long it has been in the current phase. */
	Duration inCurrent() {
		return Duration.ofNanos(System.nanoTime() - this.entered);
	}

	Map<WritePhase, Duration> timings() {
		enter(this.current);
		Map<WritePhase, Duration> timings = new EnumMap<>(WritePhase.class);
		for (WritePhase phase : PHASES) {
			if (this.nanos[phase.ordinal()] > 0) {
				timings.put(phase, Duration.ofNanos(this.nanos[phase.ordinal()]));
			}
		}
		return Collections.unmodifiableMap(timings);
	}

}

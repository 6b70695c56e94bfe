package io.atomicwrite.spring.metrics;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A {@link WriteListener} that creates an observation for each write, which times and
 * traces it. It opens no observation scope because a staged write may start in one thread
 * and end in another. Thread-safe.
 */
public class ObservationWriteListener implements WriteListener {

	private final ObservationRegistry registry;

	private final ManagedDirectories directories;

	private final @Nullable AtomicWriteObservationConvention custom;

	private final DefaultAtomicWriteObservationConvention standard;

	private final BooleanSupplier events;

	private final InstantSource clock;

	private final Map<WriteAttempt, Running> running = new ConcurrentHashMap<>();

	/**
	 * Creates a listener.
	 * @param registry the observation registry
	 * @param directories the managed directories, whose names become tag values
	 * @param custom the convention of the application, or {@code null} if it has none
	 * @param standard the convention otherwise, unless the registry has a global one
	 * @param events whether anybody but meters observes, so that phases become events
	 * @param clock the clock for the time of the events
	 */
	public ObservationWriteListener(ObservationRegistry registry, ManagedDirectories directories,
			@Nullable AtomicWriteObservationConvention custom, DefaultAtomicWriteObservationConvention standard,
			BooleanSupplier events, InstantSource clock) {
		this.registry = registry;
		this.directories = directories;
		this.custom = custom;
		this.standard = standard;
		this.events = events;
		this.clock = clock;
	}

	@Override
	public void started(WriteAttempt attempt) {
		if (this.registry.isNoop()) {
			return;
		}
		AtomicWriteObservationContext context = new AtomicWriteObservationContext(attempt.kind(), attempt.target(),
				this.directories.nameOf(attempt.target()));
		// a handler is asked whether it supports a context before the convention names it
		context.setName(MeterNames.WRITE);
		Observation observation = AtomicWriteObservationDocumentation.WRITE.observation(this.custom, this.standard,
				() -> context, this.registry);
		if (!observation.isNoop()) {
			this.running.put(attempt, new Running(observation.start(), context));
		}
	}

	@Override
	public void completed(WriteAttempt attempt, WriteResult result) {
		Running write = this.running.remove(attempt);
		if (write != null) {
			write.context.ended(result);
			if (this.events.getAsBoolean()) {
				PhaseEvents.add(write.observation, this.clock.instant(), result.timings());
			}
			write.observation.stop();
		}
	}

	@Override
	public void failed(WriteAttempt attempt, Throwable failure) {
		Running write = this.running.remove(attempt);
		if (write != null) {
			WritePhase phase = (failure instanceof AtomicWriteException ex) ? ex.phase() : null;
			if (phase != null && this.events.getAsBoolean()) {
				PhaseEvents.add(write.observation, this.clock.instant(), phase);
			}
			write.observation.error(failure);
			write.context.ended(MeterNames.outcome(failure));
			write.observation.stop();
		}
	}

	@Override
	public void discarded(WriteAttempt attempt) {
		Running write = this.running.remove(attempt);
		if (write != null) {
			write.context.ended(MeterNames.DISCARDED);
			write.observation.stop();
		}
	}

	private record Running(Observation observation, AtomicWriteObservationContext context) {
	}

}

package io.atomicwrite.spring.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

	private final Map<WriteAttempt, Observation> running = new ConcurrentHashMap<>();

	/**
	 * Creates a listener.
	 * @param registry the observation registry
	 * @param directories the managed directories, whose names become tag values
	 */
	public ObservationWriteListener(ObservationRegistry registry, ManagedDirectories directories) {
		this.registry = registry;
		this.directories = directories;
	}

	@Override
	public void started(WriteAttempt attempt) {
		if (!this.registry.isNoop()) {
			this.running.put(attempt,
					Observation.createNotStarted(MeterNames.WRITE, this.registry)
						.contextualName(MeterNames.value(attempt.kind()) + " file")
						.lowCardinalityKeyValue(MeterNames.DIRECTORY, this.directories.nameOf(attempt.target()))
						.start());
		}
	}

	@Override
	public void completed(WriteAttempt attempt, WriteResult result) {
		stop(this.running.remove(attempt), MeterNames.value(result.outcome()), MeterNames.NONE);
	}

	@Override
	public void failed(WriteAttempt attempt, Throwable failure) {
		Observation observation = this.running.remove(attempt);
		if (observation != null) {
			observation.error(failure);
		}
		stop(observation, MeterNames.outcome(failure), MeterNames.exception(failure));
	}

	@Override
	public void discarded(WriteAttempt attempt) {
		stop(this.running.remove(attempt), MeterNames.DISCARDED, MeterNames.NONE);
	}

	private static void stop(@Nullable Observation observation, String outcome, String exception) {
		if (observation != null) {
			observation.lowCardinalityKeyValue(MeterNames.OUTCOME, outcome)
				.lowCardinalityKeyValue(MeterNames.EXCEPTION, exception)
				.stop();
		}
	}

}

package io.atomicwrite.spring.metrics;

import java.nio.file.Path;
import java.util.Optional;

import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteResult;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Observation.Context} of a write, move or delete. What it failed with is its
 * {@link #getError() error}. Not thread-safe: one thread at a time works with it.
 */
public class AtomicWriteObservationContext extends Observation.Context {

	private final WriteAttempt.Kind kind;

	private final Path target;

	private final String directory;

	private @Nullable String outcome;

	private @Nullable WriteResult result;

	/**
	 * Creates the context of a write that begins.
	 * @param kind what is attempted
	 * @param target the target as the caller named it, absolute
	 * @param directory the name of its managed directory, or {@code other}
	 */
	public AtomicWriteObservationContext(WriteAttempt.Kind kind, Path target, String directory) {
		this.kind = kind;
		this.target = target;
		this.directory = directory;
	}

	/**
	 * Returns what is attempted.
	 * @return the kind of change
	 */
	public WriteAttempt.Kind getKind() {
		return this.kind;
	}

	/**
	 * Returns the target as the caller named it.
	 * @return the absolute path
	 */
	public Path getTarget() {
		return this.target;
	}

	/**
	 * Returns the name of the managed directory that contains the target.
	 * @return the name, or {@code other}
	 */
	public String getDirectory() {
		return this.directory;
	}

	/**
	 * Returns how the write ended.
	 * @return the name of the outcome in lower case, or {@code discarded}; empty as long
	 * as the write is under way
	 */
	public Optional<String> getOutcome() {
		return Optional.ofNullable(this.outcome);
	}

	/**
	 * Returns the result of a write that succeeded.
	 * @return the result, empty otherwise
	 */
	public Optional<WriteResult> getResult() {
		return Optional.ofNullable(this.result);
	}

	void ended(String how) {
		this.outcome = how;
	}

	void ended(WriteResult written) {
		this.result = written;
		this.outcome = MeterNames.value(written.outcome());
	}

}

package io.atomicwrite.core;

import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.WritePhase;

/**
 * One write, move or delete from its start to its end. Listeners distinguish attempts by
 * identity. Only its phase changes. Thread-safe.
 */
public final class WriteAttempt {

	private final Kind kind;

	private final Path target;

	private final PhaseTimer timer = new PhaseTimer();

	WriteAttempt(Kind kind, Path target) {
		this.kind = kind;
		this.target = target;
	}

	PhaseTimer timer() {
		return this.timer;
	}

	/**
	 * Returns what is attempted.
	 * @return the kind of change
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Returns the target as the caller named it, absolute; of a move the new name.
	 * @return the path
	 */
	public Path target() {
		return this.target;
	}

	/**
	 * Returns the phase that it is in, or after its end the one it ended in. Any thread
	 * may ask while the attempt is under way, for example to see where a write hangs.
	 * @return the phase
	 */
	public WritePhase phase() {
		return this.timer.current();
	}

	/**
	 * Returns how long it has been in its {@link #phase() phase}. Of no use after its
	 * end. Any thread may ask; between two phases the answer may be about either.
	 * @return the time
	 */
	public Duration inPhase() {
		return this.timer.inCurrent();
	}

	@Override
	public String toString() {
		return this.kind + " " + this.target;
	}

	/**
	 * The kinds of change.
	 */
	public enum Kind {

		/** The target gets new content: a write, an append, an update or a restore. */
		WRITE,

		/** Another file gets the name of the target. */
		MOVE,

		/** The target is deleted. */
		DELETE

	}

}

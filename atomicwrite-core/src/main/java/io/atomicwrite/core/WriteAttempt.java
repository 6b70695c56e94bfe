package io.atomicwrite.core;

import java.nio.file.Path;

/**
 * One write, move or delete from its start to its end. Listeners distinguish attempts by
 * identity. Immutable and thread-safe.
 */
public final class WriteAttempt {

	private final Kind kind;

	private final Path target;

	WriteAttempt(Kind kind, Path target) {
		this.kind = kind;
		this.target = target;
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

package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the lock of a target. Immutable, and so safe for use by several
 * threads.
 *
 * @param target the target
 * @param state whether the lock is held
 * @param pid the process that holds it, or {@code null} if nobody does or it is not known
 * @param thread the name of the thread of this JVM that holds it, or {@code null}
 * @param since when it was acquired as far as is known, or {@code null}
 * @param owner who holds it as a {@link LockStore} names it, or {@code null}
 */
public record LockInfo(Path target, State state, @Nullable Long pid, @Nullable String thread, @Nullable Instant since,
		@Nullable String owner) {

	/**
	 * Creates what is known of a lock without a store.
	 * @param target the target
	 * @param state whether the lock is held
	 * @param pid the process that holds it, or {@code null} if nobody does or it is not
	 * known
	 * @param thread the name of the thread of this JVM that holds it, or {@code null}
	 * @param since when it was acquired as far as is known, or {@code null}
	 */
	public LockInfo(Path target, State state, @Nullable Long pid, @Nullable String thread, @Nullable Instant since) {
		this(target, state, pid, thread, since, null);
	}

	/**
	 * Returns the state of a lock that a client of a lock store holds.
	 * @param target the target
	 * @param owner who holds it as the store names it, or {@code null} if it is not known
	 * @return the state
	 */
	public static LockInfo heldBy(Path target, @Nullable String owner) {
		return new LockInfo(target, State.HELD, null, null, null, owner);
	}

	/**
	 * Returns the state of a lock that nobody holds.
	 * @param target the target
	 * @return the state
	 */
	public static LockInfo free(Path target) {
		return new LockInfo(target, State.FREE, null, null, null);
	}

	/**
	 * Whether a lock is held.
	 */
	public enum State {

		/**
		 * Nobody holds it.
		 */
		FREE,

		/**
		 * Somebody holds it.
		 */
		HELD

	}

}

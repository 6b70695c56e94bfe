package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the lock of a target.
 *
 * @param target the target
 * @param state whether the lock is held
 * @param pid the process that holds it, or {@code null} if nobody does or the operating
 * system does not tell
 * @param thread the name of the thread of this JVM that holds it, or {@code null}
 * @param since when it was acquired as far as is known, or {@code null}
 */
public record LockInfo(Path target, State state, @Nullable Long pid, @Nullable String thread, @Nullable Instant since) {

	/**
	 * Whether a lock is held.
	 */
	public enum State {

		/**
		 * Nobody holds it and there is no lock file.
		 */
		FREE,

		/**
		 * Nobody holds it, and a lock file without a holder is left over. It is harmless.
		 */
		LEFTOVER,

		/**
		 * Somebody holds it.
		 */
		HELD

	}

}

package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;

/**
 * Observes the locks of a registry. Invoked in the thread that acquires or releases the
 * lock, by several threads at once; what it throws, an {@code Error} too, is ignored. Not
 * invoked for locks that it acquires itself.
 */
public interface LockListener {

	/**
	 * A lease was acquired.
	 * @param target the target
	 * @param waited the time waited
	 */
	default void acquired(Path target, Duration waited) {
	}

	/**
	 * A lease was not acquired.
	 * @param target the target
	 * @param reason the reason
	 * @param waited the time waited
	 */
	default void notAcquired(Path target, LockNotAcquiredException.Reason reason, Duration waited) {
	}

	/**
	 * A lease turned out to be lost when it was checked. A commit that failed because its
	 * staging file was revoked is reported to the listeners of writes alone.
	 * @param target the target
	 * @param reason the reason
	 */
	default void lost(Path target, LockLostException.Reason reason) {
	}

	/**
	 * A lock store has extended a lease, by itself or because it was checked. Invoked in
	 * the thread that renews.
	 * @param target the target
	 * @param took how long the store took to answer
	 */
	default void renewed(Path target, Duration took) {
	}

	/**
	 * A lock was released, after the last lease on it.
	 * @param target the target
	 * @param held how long it was held
	 */
	default void released(Path target, Duration held) {
	}

	/**
	 * A lock was released, but something of it could not be removed, such as its lock
	 * file. Whoever locks the target next uses what is left over; housekeeping deletes a
	 * lock file.
	 * @param target the target
	 * @param cause the error
	 */
	default void leftOver(Path target, IOException cause) {
	}

}

package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.LockNotAcquiredException;

/**
 * Is told of locks, in the thread that asks for them. What it throws is swallowed.
 */
public interface LockListener {

	/**
	 * A lease was acquired.
	 * @param target the target
	 * @param waited how long that took
	 */
	default void acquired(Path target, Duration waited) {
	}

	/**
	 * A lease was not acquired.
	 * @param target the target
	 * @param reason why
	 * @param waited how long was waited
	 */
	default void notAcquired(Path target, LockNotAcquiredException.Reason reason, Duration waited) {
	}

	/**
	 * A lock was released, after the last lease on it.
	 * @param target the target
	 * @param held how long it was held
	 */
	default void released(Path target, Duration held) {
	}

	/**
	 * A lock was released, but its file could not be deleted. Whoever locks the target
	 * next takes the file over; housekeeping deletes it.
	 * @param target the target
	 * @param cause why
	 */
	default void leftOver(Path target, IOException cause) {
	}

}

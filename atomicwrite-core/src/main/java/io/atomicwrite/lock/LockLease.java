package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.atomicwrite.LockLostException;

/**
 * A held lock. Belongs to the acquisition, not to the thread: another thread may use and
 * close it.
 */
public interface LockLease extends AutoCloseable {

	/**
	 * Returns the target that is locked.
	 * @return its canonical path
	 */
	Path target();

	/**
	 * Returns how long the acquisition waited.
	 * @return the time waited
	 */
	Duration waited();

	/**
	 * Checks that the lock is still held, as well as can be told. To be called right
	 * before the point of no return.
	 * @throws LockLostException if it is not, or the lease is closed
	 */
	void ensureHeld();

	/**
	 * Releases the lease; once all leases of the thread that acquired it are released,
	 * the next waiter has it. Closing it again does nothing.
	 */
	@Override
	void close();

	/**
	 * Returns why the lock file is left over after the last lease was closed. The lock
	 * has ended all the same, and whoever locks next takes the file over; but an error
	 * that says that the filesystem takes no change puts in doubt what was synced just
	 * before.
	 * @return the error, or empty if the file is gone, is kept on purpose, or the lease
	 * is not closed
	 */
	default Optional<IOException> leftover() {
		return Optional.empty();
	}

}

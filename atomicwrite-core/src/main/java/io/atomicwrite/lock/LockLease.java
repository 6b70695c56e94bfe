package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.atomicwrite.LockLostException;

/**
 * A held lock. Belongs to the acquisition, not to the thread: another thread may use and
 * close it, and several may use it at once.
 */
public interface LockLease extends AutoCloseable {

	/**
	 * Returns a lease that holds nothing, excludes nobody and can't be lost.
	 * @param target the target
	 * @return the lease
	 */
	static LockLease none(Path target) {
		return new UnlockedLease(target);
	}

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
	 * Checks that the lock is still held, as far as can be found out. To be called right
	 * before the point of no return.
	 * @throws LockLostException if it is not held, or the lease is closed
	 */
	void ensureHeld();

	/**
	 * Returns whether the next holder revokes this one: it deletes the staging files of
	 * the target before it reads anything, so that a holder that was suspended after its
	 * last check can't commit. See {@link ClusterLockRegistry}.
	 * @return whether it does
	 */
	default boolean isFenced() {
		return false;
	}

	/**
	 * Releases the lease; once all leases of the thread that acquired it are released,
	 * the next waiter has the lock. Closing it again does nothing.
	 */
	@Override
	void close();

	/**
	 * Returns what kept the release from cleaning up: of a lock on a lock file, why the
	 * file was not deleted. The lock has ended all the same, and whoever acquires it next
	 * uses what is left over. But an error that shows that the filesystem accepts no
	 * change casts doubt on what was synced just before.
	 * @return the error, or empty if nothing is left over, or the lease is not closed
	 */
	default Optional<IOException> leftover() {
		return Optional.empty();
	}

}

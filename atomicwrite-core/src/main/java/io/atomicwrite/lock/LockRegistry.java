package io.atomicwrite.lock;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.fs.FileOps;

/**
 * Source of the locks that keep cooperating writers apart. A target has one lock, however
 * it is named: links and relative paths lead to the same one. Thread-safe.
 *
 * <p>
 * Locks are advisory, they bind only those who ask for them, and they are not fenced: a
 * holder that was stopped and comes back late is not told.
 */
public interface LockRegistry extends AutoCloseable {

	/**
	 * Creates a registry that excludes all cooperating writers of this host: threads by a
	 * fair queue, other processes by the record lock on the target's lock file.
	 * @return the registry; the lock file is deleted on release
	 */
	static LockRegistry file() {
		return fileBuilder().build();
	}

	/**
	 * Creates a builder of a registry like {@link #file()}.
	 * @return the builder
	 */
	static FileLockRegistryBuilder fileBuilder() {
		return new FileLockRegistryBuilder();
	}

	/**
	 * Creates a registry that excludes the threads that share it, and nobody else.
	 * @return the registry
	 */
	static LockRegistry inProcess() {
		return new InProcessLockRegistry(FileOps.system(), List.of());
	}

	/**
	 * Creates a registry that excludes nobody.
	 * @return the registry
	 */
	static LockRegistry none() {
		return new NoLockRegistry();
	}

	/**
	 * Returns whom a lease excludes.
	 * @return the scope
	 */
	LockScope scope();

	/**
	 * Returns whether a lease of a target also tells other processes, which only look
	 * beside it, that a writer of it lives.
	 * @return whether it does
	 */
	default boolean tellsOfWriters() {
		return scope() == LockScope.HOST;
	}

	/**
	 * Acquires the lease of a target. A thread that holds it already gets another lease
	 * of the same lock at once.
	 * @param target the target, existing or not; its directory exists
	 * @param request how long to wait
	 * @return the lease
	 * @throws LockNotAcquiredException if it can't be had; an interrupt ends the wait and
	 * leaves the flag of the thread set
	 */
	LockLease acquire(Path target, LockRequest request);

	/**
	 * Acquires the lease of a target if it is free.
	 * @param target the target, existing or not; its directory exists
	 * @return the lease, or empty if someone else holds it
	 * @throws LockNotAcquiredException if it can't be had for another reason
	 */
	default Optional<LockLease> tryAcquire(Path target) {
		try {
			return Optional.of(acquire(target, LockRequest.failFast()));
		}
		catch (LockNotAcquiredException ex) {
			if (ex.reason() == LockNotAcquiredException.Reason.BUSY) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	/**
	 * Tells what is known of the lock of a target, without disturbing its holder.
	 * @param target the target
	 * @return what is known
	 */
	LockInfo inspect(Path target);

	/**
	 * Deletes the lock file of a target if nobody holds it. A lock that is held can't be
	 * broken: its holder would not notice.
	 * @param target the target
	 * @return whether a leftover lock file was deleted
	 */
	boolean releaseLeftover(Path target);

	/**
	 * Returns the leases that are held through this registry.
	 * @return one entry for each target
	 */
	List<HeldLock> held();

	/**
	 * Returns the threads that wait for a lease of this registry.
	 * @return one entry for each waiting thread
	 */
	List<WaitingLock> waiting();

	/**
	 * Refuses new leases from now on and tells those who wait. Leases that are held go
	 * on.
	 */
	void shutdown();

	/**
	 * Shuts down and releases what is still held.
	 */
	@Override
	void close();

}

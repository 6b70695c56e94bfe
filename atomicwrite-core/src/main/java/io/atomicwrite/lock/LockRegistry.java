package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.fs.FileOps;

/**
 * Source of the locks that keep cooperating writers apart. Thread-safe.
 *
 * <p>
 * Locks are advisory: they bind only those who ask for them. Those of one host are not
 * fenced: a holder that was suspended for long resumes its work even if its lock was lost
 * meanwhile, unless it checks its lease. Those of several hosts are, see
 * {@link ClusterLockRegistry}.
 */
public interface LockRegistry extends AutoCloseable {

	/**
	 * Creates a registry that excludes all cooperating writers of this host: threads by a
	 * fair queue, other processes by the record lock on the target's lock file.
	 * @return the registry; the lock file is deleted on release
	 */
	static LockFileRegistry file() {
		return fileBuilder().build();
	}

	/**
	 * Creates a builder of a registry like {@link #file()}.
	 * @return the builder
	 */
	static LockFileRegistry.Builder fileBuilder() {
		return new LockFileRegistry.Builder();
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
	 * Creates a registry over locks of another kind, such as those of a database: its
	 * threads queue, and the head of the queue acquires the external lock too.
	 * @param locks what excludes those who do not share the registry
	 * @param files the file operations that resolve links
	 * @param clock the clock for the start of holds and waits
	 * @param listeners the listeners
	 * @return the registry
	 */
	static LockRegistry queueing(ExternalLocks locks, FileOps files, InstantSource clock,
			List<LockListener> listeners) {
		return new QueueingLockRegistry(locks, files, clock, LockListeners.of(listeners));
	}

	/**
	 * Creates a builder of a registry that excludes the cooperating writers of all hosts
	 * that use the same store.
	 * @param store the store, which its creator closes
	 * @return the builder
	 */
	static ClusterLockRegistry.Builder clusterBuilder(LockStore store) {
		return new ClusterLockRegistry.Builder(store);
	}

	/**
	 * Returns whom a lease excludes.
	 * @return the scope
	 */
	LockScope scope();

	/**
	 * Returns whether a lease marks its writer as alive: the lock file beside the target
	 * is locked as long as the lease is held, so housekeeping in any process sees that
	 * the staging file of that target has a writer. Where a lease does not, the writer
	 * locks its staging file itself, and housekeeping with this registry removes no
	 * staging file and no lock file, because a free lock proves nothing. A registry of
	 * {@link LockScope#CLUSTER} is the exception: who acquires its lock revokes whoever
	 * had it.
	 * @return whether it does
	 */
	default boolean leaseMarksWriter() {
		return false;
	}

	/**
	 * Returns whether a lock is never granted to two at once, whatever fails. See
	 * {@link LockStore#linearizable()}.
	 * @return whether exclusion can be relied on
	 */
	default boolean linearizable() {
		return true;
	}

	/**
	 * Acquires the lease of a target. Links and relative paths lead to the same lock as
	 * the file itself. A thread that holds the lock already gets another lease of it at
	 * once.
	 * @param target the target, existing or not; its directory exists
	 * @param request how long to wait
	 * @return the lease; one that holds nothing for {@link LockRequest#none()}
	 * @throws LockNotAcquiredException if it can't be acquired; an interrupt ends the
	 * wait and leaves the flag of the thread set
	 */
	LockLease acquire(Path target, LockRequest request);

	/**
	 * Acquires the leases of several targets whose paths the caller has resolved. The
	 * request limits the wait for all of them together. They are acquired in the order of
	 * their paths, and if one can't be acquired, the others are released.
	 * @param targets absolute paths that are locked as they are: a link is not followed;
	 * one that is named twice gets one lease
	 * @param request how long to wait
	 * @return the leases, none for {@link LockRequest#none()}
	 * @throws LockNotAcquiredException if one can't be acquired; an interrupt ends the
	 * wait and leaves the flag of the thread set
	 */
	LockLeases acquireResolved(Collection<Path> targets, LockRequest request);

	/**
	 * Acquires the lease of a target if it is free.
	 * @param target the target, existing or not; its directory exists
	 * @return the lease, or empty if someone else holds it
	 * @throws LockNotAcquiredException if it can't be acquired for another reason
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
	 * Returns what is known of the lock of a target, without disturbing its holder.
	 * @param target the target
	 * @return what is known
	 * @throws LockNotAcquiredException if the path of the target can't be resolved
	 */
	LockInfo inspect(Path target);

	/**
	 * Returns the leases that are held through this registry.
	 * @return one entry for each lock
	 */
	List<HeldLock> held();

	/**
	 * Returns the threads that wait for a lease of this registry.
	 * @return one entry for each waiting thread
	 */
	List<WaitingLock> waiting();

	/**
	 * Ends the wait of one thread for a lease, as {@link #shutdown()} ends all of them:
	 * it is refused with {@link LockNotAcquiredException.Reason#CLOSED}. Does nothing if
	 * the thread does not wait. Whoever shares the registry with others ends its own
	 * waits so. The default does nothing, so that the wait ends at its timeout.
	 * @param thread the thread
	 */
	default void endWait(Thread thread) {
	}

	/**
	 * Refuses new leases from now on and ends all waits. Leases that are held stay valid.
	 */
	void shutdown();

	/**
	 * Shuts down and releases the leases that are still held.
	 */
	@Override
	void close();

	/**
	 * A lock that is held through a registry. Immutable.
	 *
	 * @param target the target
	 * @param since when it was acquired
	 * @param thread the name of the thread that acquired it
	 * @param waiters the number of threads of this registry that wait for it
	 */
	record HeldLock(Path target, Instant since, String thread, int waiters) {
	}

	/**
	 * A thread that waits for a lease. Immutable.
	 *
	 * @param target the target
	 * @param since when the wait began
	 * @param thread the name of the thread
	 */
	record WaitingLock(Path target, Instant since, String thread) {
	}

}

package io.atomicwrite.lock;

import java.time.Duration;
import java.util.Optional;

/**
 * What several hosts exclude each other by: a database, Redis, etcd, ZooKeeper. Made a
 * registry by {@link LockRegistry#clusterBuilder(LockStore)}, which adds the queue of
 * threads, the order, deadlines, re-entrancy, renewals, listeners and the revocation of
 * stale writers. An implementation does no more than one request for each call.
 *
 * <p>
 * <strong>Threads.</strong> All methods are called from daemon threads of the registry,
 * any of them: the thread that releases a lease is usually not the one that acquired it.
 * An implementation over locks that belong to a thread, such as those of Spring
 * Integration's JDBC registry, keeps a thread of its own for each lease. Methods are
 * called by several threads at once. For one key, {@link #tryAcquire} is called by one
 * thread of a registry at a time, and not while the registry holds a lease of it, unless
 * an earlier call was given up.
 *
 * <p>
 * <strong>Deadlines.</strong> The registry waits for each call no longer than its store
 * timeout, whatever the call does, and gives it up then: the thread that runs it is
 * interrupted, and its result is not used. A lease that is returned after that is
 * released at once, by the thread that acquired it. An implementation sets the timeouts
 * of its client no longer than the store timeout all the same, so that no threads pile
 * up. It neither waits for a busy lock nor retries a request.
 *
 * <p>
 * <strong>Errors.</strong> A store that does not answer, refuses, or gives an answer of
 * which it is unknown whether it holds is a {@link LockStoreException}; any unchecked
 * exception is taken for one. An implementation never reports a lock as acquired or
 * renewed where it is in doubt.
 *
 * <p>
 * A store is closed by whoever created it, not by the registry.
 */
public interface LockStore {

	/**
	 * Returns what the store is called in messages, metrics and health, such as
	 * {@code redis} or {@code jdbc}. Asks the store nothing.
	 * @return the name
	 */
	String name();

	/**
	 * Returns whether at most one client at a time can hold a lease that has not expired,
	 * even if servers fail over: a lock that one client was granted or that was renewed
	 * is not granted to another before the lease time has passed. True for one primary
	 * with synchronous replication, and for consensus as in etcd or ZooKeeper; false for
	 * Redis, which replicates asynchronously. Asks the store nothing.
	 * @return whether it is linearizable; the guarantee of writer exclusion is no more
	 * than best effort otherwise
	 */
	boolean linearizable();

	/**
	 * Acquires a lock if it is free, and returns at once if it is not.
	 * @param key the name of the lock, the same on all hosts; any text of any length, so
	 * that a store with limits uses a digest of it
	 * @param leaseTime after which the store gives the lock to others unless it was
	 * renewed; at least 100 ms
	 * @return the lease, or empty if another client holds the lock
	 * @throws LockStoreException if the store does not answer or refuses
	 */
	Optional<StoreLease> tryAcquire(String key, Duration leaseTime) throws LockStoreException;

	/**
	 * Returns a text that says to a person who holds a lock, as the store has it: a host
	 * and process, a client id, a token. For diagnostics only.
	 * @param key the name of the lock
	 * @return the text, or empty if nobody holds the lock or the store does not say
	 * @throws LockStoreException if the store does not answer or refuses
	 */
	default Optional<String> owner(String key) throws LockStoreException {
		return Optional.empty();
	}

	/**
	 * Starts to notify a waiter when a lock may have become free, so that it need not
	 * poll. Notifications are hints: the waiter tries again after each of them, and now
	 * and then without one. One that is missed costs time and nothing else. A lock that
	 * is released after this method has returned must lead to a notification as a rule;
	 * the registry tries once more after it has subscribed.
	 * @param key the name of the lock
	 * @param released what is run, on any thread, more often than needed if it must be;
	 * it returns at once and throws nothing
	 * @return the subscription, or empty if the store has no notifications, and the
	 * registry is to poll
	 * @throws LockStoreException if the store does not answer or refuses
	 */
	default Optional<Subscription> subscribe(String key, Runnable released) throws LockStoreException {
		return Optional.empty();
	}

	/**
	 * Finds out whether the store answers, for the health of an application. The default
	 * acquires and releases a lock of a reserved name; one that is busy is an answer too.
	 * @throws LockStoreException if the store does not answer or refuses
	 */
	default void ping() throws LockStoreException {
		Optional<StoreLease> lease = tryAcquire("atomicwrite.ping", Duration.ofSeconds(1));
		if (lease.isPresent()) {
			lease.get().release();
		}
	}

	/**
	 * Returns how far the clock by which this client judges or writes the expiry of
	 * leases is from the clock that all clients share, such as that of the database. The
	 * registry asks before the first acquisition and about once a minute after that, and
	 * refuses to use a store whose clock differs by more than its largest clock skew.
	 * @return the difference, of either sign; empty if leases expire by a clock of the
	 * store alone
	 * @throws LockStoreException if the store does not answer or refuses
	 */
	default Optional<Duration> clockSkew() throws LockStoreException {
		return Optional.empty();
	}

	/**
	 * Notifications of one waiter.
	 */
	@FunctionalInterface
	interface Subscription extends AutoCloseable {

		/**
		 * Ends the notifications. Called once; it does not block for long, and throws
		 * nothing.
		 */
		@Override
		void close();

	}

}

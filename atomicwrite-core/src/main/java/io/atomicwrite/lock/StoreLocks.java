package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.lock.ExternalLocks.RefusedException;
import io.atomicwrite.lock.ExternalLocks.Wait;
import io.atomicwrite.lock.LockStore.Subscription;

/**
 * Acquires the locks of a store: waits for busy ones by its notifications, or by polling
 * where it has none. Every call of the store is bounded. Thread-safe.
 */
final class StoreLocks {

	private static final long FIRST_POLL = 20_000_000L;

	/** So that a waiter has the lock about 100 ms after its release at the latest. */
	private static final long LAST_POLL = 100_000_000L;

	/** With notifications: one may be missed, and none comes when a lease expires. */
	private static final long SAFETY_POLL = 250_000_000L;

	private static final Duration LOOK = Duration.ofSeconds(1);

	private final LockStore store;

	private final StoreCalls calls;

	private final ClusterTimes times;

	private final ClockWatch clock;

	private final Renewals renewals;

	private final LockListeners listeners;

	StoreLocks(LockStore store, ClusterTimes times, LockListeners listeners) {
		this.store = store;
		this.calls = new StoreCalls("the lock store " + store.name());
		this.times = times;
		this.clock = new ClockWatch(store, this.calls, times);
		this.renewals = new Renewals(this.calls.background(), times.lease());
		this.listeners = listeners;
	}

	StoreHold acquire(Path target, String key, Wait wait) throws RefusedException, IOException {
		this.clock.require();
		// once, whatever the thread's flag: an interrupt ends a wait, and nothing else
		Optional<StoreHold> hold = tryOnce(target, key);
		if (hold.isPresent()) {
			return hold.get();
		}
		if (wait.failFast()) {
			throw new RefusedException(Reason.BUSY);
		}
		return await(target, key, wait);
	}

	private StoreHold await(Path target, String key, Wait wait) throws RefusedException, LockStoreException {
		Thread waiter = Thread.currentThread();
		AtomicBoolean hint = new AtomicBoolean();
		Optional<Subscription> subscription = this.calls.call(this.times.store(),
				() -> this.store.subscribe(key, () -> {
					hint.set(true);
					LockSupport.unpark(waiter);
				}), (late) -> late.ifPresent(Subscription::close));
		try {
			long poll = subscription.isPresent() ? SAFETY_POLL : FIRST_POLL;
			hint.set(subscription.isPresent());
			while (true) {
				wait.pause(hint.getAndSet(false) ? Duration.ZERO : Duration.ofNanos(poll));
				Optional<StoreHold> hold = tryOnce(target, key);
				if (hold.isPresent()) {
					return hold.get();
				}
				if (subscription.isEmpty()) {
					poll = Math.min(LAST_POLL, poll + ThreadLocalRandom.current().nextLong(poll) + 1);
				}
			}
		}
		finally {
			// not in this thread: it is a call of the store too
			subscription.ifPresent((last) -> this.calls.background().execute(last::close));
		}
	}

	private Optional<StoreHold> tryOnce(Path target, String key) throws LockStoreException {
		long asked = System.nanoTime();
		Optional<StoreLease> lease = this.calls.call(this.times.store(),
				() -> this.store.tryAcquire(key, this.times.lease()), (late) -> late.ifPresent(this::giveBack));
		if (lease.isEmpty()) {
			return Optional.empty();
		}
		StoreHold hold = new StoreHold(this.calls, lease.get(), this.times, asked,
				(took) -> this.listeners.renewed(target, took));
		this.renewals.add(hold);
		return Optional.of(hold);
	}

	/** In the thread of a call that came too late. */
	private void giveBack(StoreLease lease) {
		try {
			lease.release();
		}
		catch (LockStoreException | RuntimeException ex) {
			// it ends with its lease time
		}
	}

	void release(StoreHold hold) throws LockStoreException {
		this.renewals.remove(hold);
		hold.release();
	}

	/**
	 * Returns who holds a lock, as the store has it.
	 */
	Optional<String> owner(String key) throws LockStoreException {
		return this.calls.call(this.times.store(), () -> this.store.owner(key));
	}

	/** Finds out whether a lock is free by acquiring it for a moment. */
	boolean isFree(String key) throws LockStoreException {
		return this.calls.call(this.times.store(), () -> {
			Optional<StoreLease> lease = this.store.tryAcquire(key, LOOK);
			if (lease.isPresent()) {
				lease.get().release();
			}
			return lease.isPresent();
		});
	}

	void ping() throws LockStoreException {
		this.calls.call(this.times.store(), () -> {
			this.store.ping();
			return true;
		});
	}

}

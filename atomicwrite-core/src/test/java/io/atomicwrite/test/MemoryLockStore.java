package io.atomicwrite.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.lock.LockStore;
import io.atomicwrite.lock.LockStoreException;
import io.atomicwrite.lock.StoreLease;

/**
 * A lock store in memory, which several registries share as the hosts of a cluster share
 * theirs. Leases expire by themselves, or when a test says so; the store can be made to
 * fail or to hang.
 */
public final class MemoryLockStore implements LockStore {

	private static final long CONTENDED_NANOS = Duration.ofMillis(2).toNanos();

	private final Map<String, Lease> leases = new HashMap<>();

	private final Map<String, List<Runnable>> waiters = new HashMap<>();

	private final AtomicInteger renewals = new AtomicInteger();

	private volatile boolean linearizable = true;

	private volatile boolean notifying = true;

	private volatile Duration skew = Duration.ZERO;

	private volatile Optional<String> failure = Optional.empty();

	private volatile Optional<CountDownLatch> frozen = Optional.empty();

	private volatile boolean contended;

	private int tokens;

	@Override
	public String name() {
		return "memory";
	}

	@Override
	public boolean linearizable() {
		return this.linearizable;
	}

	/**
	 * Sets whether the store says that it is linearizable.
	 * @param value whether it is
	 * @return this store
	 */
	public MemoryLockStore linearizable(boolean value) {
		this.linearizable = value;
		return this;
	}

	/**
	 * Sets whether waiters are notified, or have to poll.
	 * @param value whether they are
	 * @return this store
	 */
	public MemoryLockStore notifying(boolean value) {
		this.notifying = value;
		return this;
	}

	/**
	 * Sets how far the clock of this host is off.
	 * @param value the difference
	 */
	public void skew(Duration value) {
		this.skew = value;
	}

	/**
	 * Makes every call fail.
	 * @param message the message
	 */
	public void fail(String message) {
		this.failure = Optional.of(message);
	}

	/**
	 * Makes each acquisition take longer than a write takes for no wait. Its calls are
	 * the same then whatever else the machine does, so that each can be chosen.
	 * @return this store
	 */
	public MemoryLockStore alwaysContended() {
		this.contended = true;
		return this;
	}

	/**
	 * Makes every call hang until the store is thawed.
	 */
	public void freeze() {
		this.frozen = Optional.of(new CountDownLatch(1));
	}

	/**
	 * Ends failures and hanging calls.
	 */
	public void thaw() {
		this.failure = Optional.empty();
		this.frozen.ifPresent(CountDownLatch::countDown);
		this.frozen = Optional.empty();
	}

	/**
	 * Lets all leases expire.
	 */
	public synchronized void expire() {
		this.leases.clear();
	}

	/**
	 * Returns how many renewals have succeeded.
	 * @return the number
	 */
	public int renewals() {
		return this.renewals.get();
	}

	/**
	 * Returns the locks that are held.
	 * @return their keys
	 */
	public synchronized List<String> held() {
		return this.leases.entrySet()
			.stream()
			.filter((entry) -> !entry.getValue().isOver())
			.map(Map.Entry::getKey)
			.toList();
	}

	private void answer() throws LockStoreException {
		Optional<CountDownLatch> ice = this.frozen;
		while (ice.isPresent() && ice.get().getCount() > 0) {
			try {
				ice.get().await();
			}
			catch (InterruptedException ex) {
				// as a client that can't be interrupted
			}
		}
		Optional<String> message = this.failure;
		if (message.isPresent()) {
			throw new LockStoreException(message.get());
		}
	}

	@Override
	public Optional<StoreLease> tryAcquire(String key, Duration leaseTime) throws LockStoreException {
		answer();
		if (this.contended) {
			LockSupport.parkNanos(CONTENDED_NANOS);
		}
		synchronized (this) {
			Lease held = this.leases.get(key);
			if (held != null && !held.isOver()) {
				return Optional.empty();
			}
			Lease lease = new Lease(key, leaseTime, ++this.tokens);
			this.leases.put(key, lease);
			return Optional.of(lease);
		}
	}

	@Override
	public Optional<String> owner(String key) throws LockStoreException {
		answer();
		synchronized (this) {
			return Optional.ofNullable(this.leases.get(key)).filter((held) -> !held.isOver()).map(Lease::token);
		}
	}

	@Override
	public Optional<Subscription> subscribe(String key, Runnable released) throws LockStoreException {
		answer();
		if (!this.notifying) {
			return Optional.empty();
		}
		synchronized (this) {
			this.waiters.computeIfAbsent(key, (same) -> new ArrayList<>()).add(released);
		}
		return Optional.of(() -> {
			synchronized (this) {
				this.waiters.get(key).remove(released);
			}
		});
	}

	@Override
	public Optional<Duration> clockSkew() throws LockStoreException {
		answer();
		return Optional.of(this.skew);
	}

	private final class Lease implements StoreLease {

		private final String key;

		private final Duration time;

		private final int token;

		private long from = System.nanoTime();

		Lease(String key, Duration time, int token) {
			this.key = key;
			this.time = time;
			this.token = token;
		}

		boolean isOver() {
			return System.nanoTime() - this.from >= this.time.toNanos();
		}

		@Override
		public boolean renew() throws LockStoreException {
			answer();
			synchronized (MemoryLockStore.this) {
				if (MemoryLockStore.this.leases.get(this.key) != this || isOver()) {
					return false;
				}
				this.from = System.nanoTime();
				MemoryLockStore.this.renewals.incrementAndGet();
				return true;
			}
		}

		@Override
		public void release() throws LockStoreException {
			answer();
			synchronized (MemoryLockStore.this) {
				if (MemoryLockStore.this.leases.remove(this.key, this)) {
					MemoryLockStore.this.waiters.getOrDefault(this.key, List.of()).forEach(Runnable::run);
				}
			}
		}

		@Override
		public String token() {
			return "owner " + this.token;
		}

	}

}

package io.atomicwrite.hosts;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.lock.LockStore;
import io.atomicwrite.lock.LockStoreException;
import io.atomicwrite.lock.StoreLease;

/**
 * Releases locks later than it is asked to: the control of hand-overs.
 *
 * @param store the store
 * @param delay how much later
 */
record LateRelease(LockStore store, Duration delay) implements LockStore {

	@Override
	public String name() {
		return this.store.name();
	}

	@Override
	public boolean linearizable() {
		return this.store.linearizable();
	}

	@Override
	public Optional<StoreLease> tryAcquire(String key, Duration leaseTime) throws LockStoreException {
		return this.store.tryAcquire(key, leaseTime).map((lease) -> new Late(lease, this.delay));
	}

	@Override
	public Optional<Subscription> subscribe(String key, Runnable released) throws LockStoreException {
		return this.store.subscribe(key, released);
	}

	@Override
	public Optional<Duration> clockSkew() throws LockStoreException {
		return this.store.clockSkew();
	}

	private record Late(StoreLease lease, Duration delay) implements StoreLease {

		@Override
		public boolean renew() throws LockStoreException {
			return this.lease.renew();
		}

		@Override
		public void release() throws LockStoreException {
			LockSupport.parkNanos(this.delay.toNanos());
			this.lease.release();
		}

		@Override
		public String token() {
			return this.lease.token();
		}

	}

}

package io.atomicwrite.test;

import java.time.Duration;

import io.atomicwrite.lock.LockStore;

/**
 * The store that other tests use does what real ones do.
 */
class MemoryLockStoreTests extends LockStoreContract {

	private final MemoryLockStore store = new MemoryLockStore();

	@Override
	protected LockStore here() {
		return this.store;
	}

	@Override
	protected LockStore there() {
		return this.store;
	}

	@Override
	protected Duration shortLease() {
		return Duration.ofMillis(200);
	}

}

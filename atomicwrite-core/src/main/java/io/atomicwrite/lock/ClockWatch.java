package io.atomicwrite.lock;

import java.time.Duration;
import java.util.Optional;

/**
 * Refuses a store whose leases expire by a clock of the clients while that of this host
 * is wrong: it would take locks that are held, or lose its own. Compares the clocks about
 * once a minute, and each time while they differ. Thread-safe.
 */
final class ClockWatch {

	private static final long INTERVAL = 60_000_000_000L;

	private final LockStore store;

	private final StoreCalls calls;

	private final ClusterTimes times;

	private volatile long compared;

	private volatile boolean right;

	ClockWatch(LockStore store, StoreCalls calls, ClusterTimes times) {
		this.store = store;
		this.calls = calls;
		this.times = times;
	}

	void require() throws LockStoreException {
		if (this.right && System.nanoTime() - this.compared < INTERVAL) {
			return;
		}
		Optional<Duration> skew = this.calls.call(this.times.store(), this.store::clockSkew);
		this.right = skew.isEmpty() || skew.get().abs().compareTo(this.times.skew()) <= 0;
		this.compared = System.nanoTime();
		if (!this.right) {
			throw new LockStoreException("the clock of this host differs by " + skew.get().abs().toMillis()
					+ " ms from that of the lock store " + this.store.name() + ", and its leases expire by clocks: "
					+ "no more than " + this.times.skew().toMillis() + " ms are allowed (max-clock-skew)");
		}
	}

}

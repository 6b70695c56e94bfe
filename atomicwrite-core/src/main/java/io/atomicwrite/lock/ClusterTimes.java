package io.atomicwrite.lock;

import java.time.Duration;

/**
 * The times of a registry over a lock store.
 *
 * @param lease after which the store gives a lock to others unless it was renewed
 * @param store the longest wait for an answer of the store
 * @param skew the largest difference of clocks
 */
record ClusterTimes(Duration lease, Duration store, Duration skew) {

	private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);

	ClusterTimes {
		if (lease.compareTo(SHORTEST_LEASE) < 0) {
			throw new IllegalArgumentException(
					"a lease time of " + lease + " is too short: use " + SHORTEST_LEASE.toMillis() + " ms or more");
		}
		if (store.compareTo(Duration.ZERO) <= 0 || store.compareTo(lease) >= 0) {
			throw new IllegalArgumentException("a store timeout of " + store
					+ " does not do: it must be positive and shorter than the lease time of " + lease);
		}
		if (skew.isNegative()) {
			throw new IllegalArgumentException("a clock skew of " + skew + " is negative");
		}
	}

}

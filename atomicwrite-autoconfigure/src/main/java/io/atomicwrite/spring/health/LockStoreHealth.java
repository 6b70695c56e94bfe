package io.atomicwrite.spring.health;

import io.atomicwrite.lock.ClusterLockRegistry;
import io.atomicwrite.lock.LockStoreException;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the store of the locks of several hosts answers: no write gets a lock while it
 * does not. Waits no longer than the store timeout.
 *
 * @param locks the lock registry
 */
record LockStoreHealth(ClusterLockRegistry locks) implements HealthIndicator {

	@Override
	public Health health() {
		try {
			this.locks.ping();
			return Health.up().withDetail("store", this.locks.store()).build();
		}
		catch (LockStoreException ex) {
			return Health.outOfService()
				.withDetail("store", this.locks.store())
				.withDetail("reason", String.valueOf(ex.getMessage()))
				.build();
		}
	}

}

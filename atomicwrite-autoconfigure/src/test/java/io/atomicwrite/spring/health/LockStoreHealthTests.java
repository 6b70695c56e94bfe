package io.atomicwrite.spring.health;

import java.time.Duration;

import io.atomicwrite.lock.ClusterLockRegistry;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.MemoryLockStore;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The health of a lock store.
 */
class LockStoreHealthTests {

	private final MemoryLockStore store = new MemoryLockStore();

	@Test
	void healthIsOutOfServiceWhileTheStoreDoesNotAnswer() {
		try (ClusterLockRegistry locks = LockRegistry.clusterBuilder(this.store)
			.storeTimeout(Duration.ofSeconds(1))
			.build()) {
			LockStoreHealth health = new LockStoreHealth(locks);
			assertThat(health.health().getStatus()).isEqualTo(Status.UP);
			this.store.freeze();
			assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.health().getDetails()).containsEntry("store", "memory").containsKey("reason");
			this.store.thaw();
		}
	}

}

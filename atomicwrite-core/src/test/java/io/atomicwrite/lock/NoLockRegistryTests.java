package io.atomicwrite.lock;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the registry that excludes nobody.
 */
class NoLockRegistryTests {

	private final Path target = Path.of("config.json");

	@Test
	void excludesNobodyAndKnowsNothing() {
		try (LockRegistry locks = LockRegistry.none();
				LockLease one = locks.acquire(this.target, LockRequest.failFast());
				LockLease two = locks.tryAcquire(this.target).orElseThrow()) {
			one.ensureHeld();
			two.ensureHeld();
			assertThat(one.target()).isEqualTo(this.target);
			assertThat(one.waited()).isZero();
			assertThat(locks.scope()).isEqualTo(LockScope.NONE);
			assertThat(locks.held()).isEmpty();
			assertThat(locks.waiting()).isEmpty();
			assertThat(locks.inspect(this.target).state()).isEqualTo(LockInfo.State.FREE);
			assertThat(locks).isNotInstanceOf(LockFileRegistry.class);
			assertThat(locks.leaseMarksWriter()).isFalse();
			assertThat(locks.acquireResolved(List.of(this.target), LockRequest.failFast()).leases()).isEmpty();
			locks.shutdown();
			two.ensureHeld();
		}
	}

}

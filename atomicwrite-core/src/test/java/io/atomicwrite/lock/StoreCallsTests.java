package io.atomicwrite.lock;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.atomicwrite.test.MemoryLockStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Calls of a store that does not answer.
 */
class StoreCallsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final MemoryLockStore store = new MemoryLockStore();

	private final StoreCalls calls = new StoreCalls("it");

	@AfterEach
	void thaw() {
		this.store.thaw();
	}

	@Test
	void manyCallsWithoutAnAnswerCostNoMoreThreads() {
		Callable<Boolean> ping = () -> {
			this.store.ping();
			return true;
		};
		this.store.freeze();
		for (int call = 0; call < 64; call++) {
			assertThatExceptionOfType(LockStoreException.class)
				.isThrownBy(() -> this.calls.call(Duration.ofMillis(1), ping));
		}
		assertThatExceptionOfType(LockStoreException.class).isThrownBy(() -> this.calls.call(PATIENCE, ping))
			.withMessageContaining("64 calls still wait");
		this.store.thaw();
		await().atMost(PATIENCE).ignoreExceptions().until(() -> this.calls.call(PATIENCE, ping));
	}

	@Test
	void anyExceptionOfAStoreIsOneOfTheStore() {
		assertThatExceptionOfType(LockStoreException.class).isThrownBy(() -> this.calls.call(PATIENCE, () -> {
			throw new IllegalStateException("the client is closed");
		})).withMessageContaining("the client is closed");
	}

}

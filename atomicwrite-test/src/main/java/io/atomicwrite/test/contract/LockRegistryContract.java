package io.atomicwrite.test.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRegistry.HeldLock;
import io.atomicwrite.lock.LockRegistry.WaitingLock;
import io.atomicwrite.lock.LockScope;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What every lock registry that excludes threads must do. This part is about what it
 * reports; the parts above are about leases and about waiting.
 */
public abstract class LockRegistryContract extends LockWaitContract {

	private final LockScope scope;

	/**
	 * Creates the contract for a kind of registry.
	 * @param scope whom its leases exclude
	 */
	protected LockRegistryContract(LockScope scope) {
		this.scope = scope;
	}

	@Test
	void reportsItsScope() {
		assertThat(locks().scope()).isEqualTo(this.scope);
	}

	@Test
	void reportsWhatIsHeldAndWhoWaits() throws Exception {
		Instant before = Instant.now().minusSeconds(1);
		LockLease lease = locks().acquire(target(), SOON);
		Future<?> wait = threads().submit(() -> {
			Thread.currentThread().setName("the waiter");
			locks().acquire(target(), SOON).close();
		});
		await().until(() -> locks().waiting().size() == 1);
		HeldLock held = locks().held().get(0);
		assertThat(held.target()).isEqualTo(target());
		assertThat(held.thread()).isEqualTo(Thread.currentThread().getName());
		assertThat(held.waiters()).isEqualTo(1);
		assertThat(held.since()).isBetween(before, Instant.now());
		WaitingLock waiting = locks().waiting().get(0);
		assertThat(waiting.target()).isEqualTo(target());
		assertThat(waiting.thread()).isEqualTo("the waiter");
		assertThat(waiting.since()).isBetween(before, Instant.now());
		LockInfo info = locks().inspect(target());
		assertThat(info.state()).isEqualTo(LockInfo.State.HELD);
		assertThat(info.pid()).isEqualTo(ProcessHandle.current().pid());
		assertThat(info.thread()).isEqualTo(Thread.currentThread().getName());
		lease.close();
		wait.get(20, TimeUnit.SECONDS);
		assertThat(locks().held()).isEmpty();
		assertThat(locks().waiting()).isEmpty();
		assertThat(locks().inspect(target()).state()).isEqualTo(LockInfo.State.FREE);
	}

	@Test
	void invokesListeners() {
		LockLease outer = locks().acquire(target(), SOON);
		LockLease inner = locks().acquire(target(), SOON);
		elsewhere(() -> locks().tryAcquire(target()));
		inner.close();
		outer.close();
		assertThat(events().all()).containsExactly("acquired " + target(), "acquired " + target(), "BUSY " + target(),
				"released " + target());
	}

	@Test
	void listenerThatThrowsFailsNothing() {
		LockListener broken = new LockListener() {

			@Override
			public void acquired(Path path, Duration waited) {
				throw new IllegalStateException("acquired");
			}

			@Override
			public void notAcquired(Path path, Reason reason, Duration waited) {
				throw new AssertionError("notAcquired");
			}

			@Override
			public void released(Path path, Duration held) {
				throw new IllegalStateException("released");
			}

		};
		try (LockRegistry registry = create(List.of(broken, events()))) {
			LockLease lease = registry.acquire(target(), SOON);
			assertThat(elsewhere(() -> registry.tryAcquire(target()))).isEmpty();
			lease.close();
			assertThat(registry.held()).isEmpty();
		}
		assertThat(events().all()).containsExactly("acquired " + target(), "BUSY " + target(), "released " + target());
	}

	@Test
	void aFailedLookIsNoFailedAcquisition() {
		Path missing = directory().resolve("missing/config.json");
		assertRefused(Reason.FAILED, () -> locks().inspect(missing));
		assertThat(events().all()).isEmpty();
	}

}

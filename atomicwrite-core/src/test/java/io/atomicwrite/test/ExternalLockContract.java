package io.atomicwrite.test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a lock registry must do in addition if it excludes others than the threads that
 * share it. Another registry takes the part of these others.
 */
public abstract class ExternalLockContract extends LockRegistryContract {

	private final LockEvents otherEvents = new LockEvents();

	private LockRegistry other;

	/**
	 * Creates the contract for a kind of registry.
	 * @param scope whom its leases exclude
	 */
	protected ExternalLockContract(LockScope scope) {
		super(scope);
	}

	@BeforeEach
	void createOther() {
		this.other = create(List.of(this.otherEvents));
	}

	@AfterEach
	void closeOther() {
		this.other.close();
	}

	@Test
	void twoRegistriesExcludeEachOther() throws Exception {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		int[] unguarded = new int[1];
		List<Future<?>> workers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			LockRegistry registry = (i % 2 == 0) ? locks() : this.other;
			workers.add(threads().submit(() -> {
				for (int turn = 0; turn < 10; turn++) {
					try (LockLease lease = registry.acquire(target(), SOON)) {
						overlaps.addAndGet(inside.getAndIncrement());
						unguarded[0]++;
						lease.ensureHeld();
						inside.decrementAndGet();
					}
				}
			}));
		}
		for (Future<?> worker : workers) {
			worker.get(50, TimeUnit.SECONDS);
		}
		assertThat(overlaps).hasValue(0);
		assertThat(unguarded[0]).isEqualTo(4 * 10);
	}

	@Test
	void failsFastWhenAnotherRegistryHoldsTheLock() {
		elsewhere(() -> this.other.acquire(target(), SOON));
		assertThat(locks().tryAcquire(target())).isEmpty();
		assertThat(locks().tryAcquire(target().resolveSibling("free"))).isPresent();
		assertThat(locks().waiting()).isEmpty();
		assertThat(events().all()).first().isEqualTo("BUSY " + target());
	}

	@Test
	void waitsForAnotherRegistry() throws Exception {
		LockLease lease = this.other.acquire(target(), SOON);
		Future<LockLease> wait = threads().submit(() -> locks().acquire(target(), SOON));
		await().until(() -> locks().waiting().size() == 1);
		assertThat(wait).isNotDone();
		lease.close();
		wait.get(20, TimeUnit.SECONDS).ensureHeld();
		assertThat(elsewhere(() -> this.other.tryAcquire(target()))).isEmpty();
	}

	@Test
	void timesOutOnAnotherRegistryNotBeforeItsTime() {
		Duration limit = Duration.ofMillis(150);
		elsewhere(() -> this.other.acquire(target(), SOON));
		LockNotAcquiredException refused = assertRefused(Reason.TIMEOUT,
				() -> locks().acquire(target(), LockRequest.waitUpTo(limit)));
		assertThat(refused.waited()).isGreaterThanOrEqualTo(limit).isLessThan(Duration.ofSeconds(10));
		assertThat(locks().waiting()).isEmpty();
		assertThat(locks().held()).isEmpty();
	}

	@Test
	void interruptEndsTheWaitForAnotherRegistryAndIsKept() throws Exception {
		this.other.acquire(target(), SOON);
		AtomicReference<Thread> waiter = new AtomicReference<>();
		Future<Boolean> wait = threads().submit(() -> {
			waiter.set(Thread.currentThread());
			assertRefused(Reason.INTERRUPTED, () -> locks().acquire(target(), LockRequest.waitForever()));
			return Thread.interrupted();
		});
		await().until(() -> locks().waiting().size() == 1);
		waiter.get().interrupt();
		assertThat(wait.get(20, TimeUnit.SECONDS)).isTrue();
		assertThat(locks().waiting()).isEmpty();
	}

	@Test
	void shutdownEndsTheWaitForAnotherRegistry() throws Exception {
		LockLease lease = this.other.acquire(target(), SOON);
		Future<?> wait = threads()
			.submit(() -> assertRefused(Reason.CLOSED, () -> locks().acquire(target(), LockRequest.waitForever())));
		await().until(() -> locks().waiting().size() == 1);
		locks().shutdown();
		wait.get(20, TimeUnit.SECONDS);
		lease.ensureHeld();
	}

	@Test
	void closeOfOneRegistryLeavesWhatTheOtherHolds() {
		LockLease lease = elsewhere(() -> this.other.acquire(target(), SOON));
		locks().close();
		lease.ensureHeld();
		try (LockRegistry third = create(List.of())) {
			assertThat(third.tryAcquire(target())).isEmpty();
		}
	}

	@Test
	void inspectFindsTheLockOfAnotherRegistry() {
		assertThat(locks().inspect(target()).state()).isEqualTo(LockInfo.State.FREE);
		LockLease lease = this.other.acquire(target(), SOON);
		assertThat(locks().inspect(target()).state()).isEqualTo(LockInfo.State.HELD);
		assertThat(locks().held()).isEmpty();
		lease.ensureHeld();
		lease.close();
		assertThat(locks().inspect(target()).state()).isEqualTo(LockInfo.State.FREE);
	}

	@Test
	void severalLeasesAreAcquiredAllOrNoneAgainstAnotherRegistry() {
		Path free = target().resolveSibling("a");
		elsewhere(() -> this.other.acquire(target(), SOON));
		assertRefused(Reason.BUSY, () -> locks().acquireResolved(List.of(target(), free), LockRequest.failFast()));
		assertThat(locks().held()).isEmpty();
		assertThat(elsewhere(() -> this.other.tryAcquire(free))).isPresent();
	}

}

package io.atomicwrite.test.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

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
		assertExcludes(4, 10, (worker) -> (worker % 2 == 0) ? locks() : this.other);
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
		elsewhere(() -> this.other.acquire(target(), SOON));
		assertTimesOut();
		assertThat(locks().held()).isEmpty();
	}

	@Test
	void interruptEndsTheWaitForAnotherRegistryAndIsKept() throws Exception {
		this.other.acquire(target(), SOON);
		assertInterruptEndsTheWait();
	}

	@Test
	void shutdownEndsTheWaitForAnotherRegistry() throws Exception {
		assertShutdownEndsTheWait(this.other.acquire(target(), SOON));
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

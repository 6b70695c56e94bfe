package io.atomicwrite.test.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The part of the contract about waiting: order, deadlines, interrupts and the end of the
 * registry.
 */
abstract class LockWaitContract extends LockLeaseContract {

	@Test
	void servesWaitersInOrder() throws Exception {
		List<Integer> served = new CopyOnWriteArrayList<>();
		List<Future<?>> waiters = new ArrayList<>();
		LockLease first = locks().acquire(target(), SOON);
		for (int i = 0; i < 6; i++) {
			int number = i;
			waiters.add(threads().submit(() -> {
				try (LockLease lease = locks().acquire(target(), SOON)) {
					lease.ensureHeld();
					served.add(number);
				}
			}));
			await().until(() -> locks().waiting().size() == number + 1);
		}
		first.close();
		for (Future<?> waiter : waiters) {
			waiter.get(20, TimeUnit.SECONDS);
		}
		assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
	}

	@Test
	void failsFastWhenBusy() {
		elsewhere(() -> locks().acquire(target(), SOON));
		assertThat(locks().tryAcquire(target())).isEmpty();
		assertRefused(Reason.BUSY, () -> locks().acquire(target(), LockRequest.failFast()));
		assertThat(locks().waiting()).isEmpty();
	}

	@Test
	void timesOutNotBeforeItsTime() {
		elsewhere(() -> locks().acquire(target(), SOON));
		assertTimesOut();
	}

	@Test
	void severalLeasesHaveOneDeadline() {
		Duration limit = Duration.ofSeconds(1);
		Path later = target().resolveSibling("later");
		LockLease first = elsewhere(() -> locks().acquire(target(), SOON));
		elsewhere(() -> locks().acquire(later, SOON));
		threads().submit(() -> {
			Thread.sleep(limit.toMillis() * 9 / 10);
			first.close();
			return null;
		});
		long start = System.nanoTime();
		LockNotAcquiredException refused = assertRefused(Reason.TIMEOUT,
				() -> locks().acquireResolved(List.of(later, target()), LockRequest.waitUpTo(limit)));
		assertThat(refused.waited()).isGreaterThanOrEqualTo(limit);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit.multipliedBy(18).dividedBy(10));
		assertThat(refused.getMessage()).contains("within " + limit);
	}

	@Test
	void interruptEndsTheWaitAndIsKept() throws Exception {
		locks().acquire(target(), SOON);
		assertInterruptEndsTheWait();
	}

	@Test
	void shutdownEndsWaitsAndLeavesLeases() throws Exception {
		LockLease lease = locks().acquire(target(), SOON);
		assertShutdownEndsTheWait(lease);
		Path other = target().resolveSibling("other");
		assertRefused(Reason.CLOSED, () -> locks().acquire(other, SOON));
		lease.close();
		assertThat(locks().held()).isEmpty();
	}

	@Test
	void closeReleasesWhatIsHeld() {
		LockLease lease = locks().acquire(target(), SOON);
		locks().close();
		assertThat(locks().held()).isEmpty();
		assertThat(locks().inspect(target()).state()).isEqualTo(LockInfo.State.FREE);
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld);
		lease.close();
	}

	@Test
	void directoryThatIsMissingIsAFailure() {
		assertRefused(Reason.FAILED, () -> locks().acquire(directory().resolve("missing/config.json"), SOON));
	}

}

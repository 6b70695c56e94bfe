package io.atomicwrite.test.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The part of the contract about leases: exclusion, re-entrancy, names and groups.
 */
abstract class LockLeaseContract extends LockContract {

	@Test
	void excludesThreads() throws Exception {
		assertExcludes(8, 50, (worker) -> locks());
	}

	@Test
	void targetsAreIndependent() {
		locks().acquire(target(), SOON);
		assertThat(elsewhere(() -> locks().tryAcquire(target().resolveSibling("other")))).isPresent();
	}

	@Test
	void isReentrantUntilTheLastLeaseIsClosed() {
		LockLease outer = locks().acquire(target(), SOON);
		LockLease inner = locks().acquire(target(), LockRequest.failFast());
		assertThat(locks().held()).hasSize(1);
		outer.close();
		inner.ensureHeld();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(outer::ensureHeld);
		assertThat(elsewhere(() -> locks().tryAcquire(target()))).isEmpty();
		inner.close();
		assertThat(elsewhere(() -> locks().tryAcquire(target()))).isPresent();
	}

	@Test
	void leaseMayBeClosedByAnotherThread() {
		LockLease lease = locks().acquire(target(), SOON);
		elsewhere(() -> {
			lease.ensureHeld();
			lease.close();
			return true;
		});
		assertThat(locks().held()).isEmpty();
		assertThat(elsewhere(() -> locks().tryAcquire(target()))).isPresent();
	}

	@Test
	void closingTwiceDoesNotEndTheNextLease() {
		LockLease lease = locks().acquire(target(), SOON);
		lease.close();
		LockLease next = elsewhere(() -> locks().acquire(target(), SOON));
		lease.close();
		next.ensureHeld();
		assertThat(locks().tryAcquire(target())).isEmpty();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld);
	}

	@Test
	void linksAndRelativePathsLeadToTheSameLock() throws IOException {
		Path link = Files.createSymbolicLink(target().resolveSibling("link"), target());
		Path folder = Files.createSymbolicLink(target().resolveSibling("folder"), target().getParent());
		Path relative = Path.of("").toAbsolutePath().relativize(target());
		LockLease lease = locks().acquire(link, SOON);
		assertThat(lease.target()).isEqualTo(target());
		for (Path name : List.of(target(), relative, folder.resolve("config.json"), folder.resolve("link"))) {
			assertThat(elsewhere(() -> locks().tryAcquire(name))).as(name.toString()).isEmpty();
			assertThat(locks().inspect(name).state()).isEqualTo(LockInfo.State.HELD);
		}
		Files.createFile(target());
		assertThat(elsewhere(() -> locks().tryAcquire(link))).isEmpty();
	}

	@Test
	void requestOfNoneHoldsNothing() {
		locks().acquire(target(), SOON);
		try (LockLease lease = elsewhere(() -> locks().acquire(target(), LockRequest.none()));
				LockLeases leases = elsewhere(() -> locks().acquireResolved(List.of(target()), LockRequest.none()))) {
			lease.ensureHeld();
			leases.ensureHeld();
			assertThat(lease.waited()).isZero();
			assertThat(lease.leftover()).isEmpty();
			assertThat(leases.leases()).isEmpty();
		}
		assertThat(locks().held()).hasSize(1);
		assertThat(events().all()).containsExactly("acquired " + target());
	}

	@Test
	void severalLeasesAreAcquiredInOrderAndReleasedInReverse() {
		Path first = target().resolveSibling("a");
		Path second = target().resolveSibling("b");
		LockLeases leases = locks().acquireResolved(List.of(second, first, second), SOON);
		assertThat(leases.leases()).extracting(LockLease::target).containsExactly(first, second);
		leases.ensureHeld();
		assertThat(elsewhere(() -> locks().tryAcquire(first))).isEmpty();
		assertThat(elsewhere(() -> locks().tryAcquire(second))).isEmpty();
		leases.close();
		leases.close();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(leases::ensureHeld);
		assertThat(events().all()).containsExactly("acquired " + first, "acquired " + second, "BUSY " + first,
				"BUSY " + second, "released " + second, "released " + first);
	}

	@Test
	void severalLeasesAreAcquiredAllOrNone() {
		Path free = target().resolveSibling("a");
		elsewhere(() -> locks().acquire(target(), SOON));
		assertRefused(Reason.BUSY, () -> locks().acquireResolved(List.of(target(), free), LockRequest.failFast()));
		assertThat(elsewhere(() -> locks().tryAcquire(free))).isPresent();
	}

	@Test
	void resolvedPathOfALinkIsTheLinkItself() throws IOException {
		Path link = Files.createSymbolicLink(target().resolveSibling("link"), target());
		try (LockLeases leases = locks().acquireResolved(List.of(link), SOON)) {
			assertThat(leases.leases().get(0).target()).isEqualTo(link);
			assertThat(elsewhere(() -> locks().tryAcquire(target()))).isPresent();
		}
	}

	@Test
	void excludesVirtualThreadsOrPlatformThreadsWhereTheJdkHasNoOthers() throws Exception {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		ExecutorService executor = virtualThreads();
		try {
			List<Future<?>> workers = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				workers.add(executor.submit(() -> {
					try (LockLease lease = locks().acquire(target(), SOON)) {
						overlaps.addAndGet(inside.getAndIncrement());
						lease.ensureHeld();
						Thread.yield();
						inside.decrementAndGet();
					}
				}));
			}
			for (Future<?> worker : workers) {
				worker.get(40, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(overlaps).hasValue(0);
		assertThat(events().all().stream().filter((event) -> event.startsWith("acquired"))).hasSize(100);
	}

	private static ExecutorService virtualThreads() throws ReflectiveOperationException {
		try {
			return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
		}
		catch (NoSuchMethodException ex) {
			return Executors.newCachedThreadPool();
		}
	}

}

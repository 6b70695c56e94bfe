package io.atomicwrite.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.lock.HeldLock;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.lock.WaitingLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What every lock registry that excludes threads must do.
 */
@Timeout(60)
public abstract class LockRegistryContract {

	private static final LockRequest SOON = LockRequest.waitUpTo(Duration.ofSeconds(20));

	private final LockScope scope;

	private final LockInfo.State afterRelease;

	private final LockEvents events = new LockEvents();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@TempDir
	Path directory;

	private Path target;

	private LockRegistry locks;

	/**
	 * Creates the contract for a kind of registry.
	 * @param scope whom its leases exclude
	 * @param keepsFile whether a lock file stays after the release
	 */
	protected LockRegistryContract(LockScope scope, boolean keepsFile) {
		this.scope = scope;
		this.afterRelease = keepsFile ? LockInfo.State.LEFTOVER : LockInfo.State.FREE;
	}

	/**
	 * Creates a registry.
	 * @param listeners what it tells
	 * @return the registry
	 */
	protected abstract LockRegistry create(List<LockListener> listeners);

	@BeforeEach
	void createRegistry() throws IOException {
		this.target = this.directory.toRealPath().resolve("config.json");
		this.locks = create(List.of(this.events));
	}

	@AfterEach
	void close() {
		this.threads.shutdownNow();
		this.locks.close();
	}

	@Test
	void tellsItsScope() {
		assertThat(this.locks.scope()).isEqualTo(this.scope);
	}

	@Test
	void excludesThreads() throws Exception {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		int[] unguarded = new int[1];
		List<Future<?>> workers = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			workers.add(this.threads.submit(() -> {
				for (int turn = 0; turn < 50; turn++) {
					try (LockLease lease = this.locks.acquire(this.target, SOON)) {
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
		assertThat(unguarded[0]).isEqualTo(8 * 50);
	}

	@Test
	void servesWaitersInOrder() throws Exception {
		List<Integer> served = new CopyOnWriteArrayList<>();
		List<Future<?>> waiters = new ArrayList<>();
		LockLease first = this.locks.acquire(this.target, SOON);
		for (int i = 0; i < 6; i++) {
			int number = i;
			waiters.add(this.threads.submit(() -> {
				try (LockLease lease = this.locks.acquire(this.target, SOON)) {
					lease.ensureHeld();
					served.add(number);
				}
			}));
			await().until(() -> this.locks.waiting().size() == number + 1);
		}
		first.close();
		for (Future<?> waiter : waiters) {
			waiter.get(20, TimeUnit.SECONDS);
		}
		assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
	}

	@Test
	void targetsAreIndependent() {
		this.locks.acquire(this.target, SOON);
		assertThat(elsewhere(() -> this.locks.tryAcquire(this.target.resolveSibling("other")))).isPresent();
	}

	@Test
	void isReentrantUntilTheLastLeaseIsClosed() {
		LockLease outer = this.locks.acquire(this.target, SOON);
		LockLease inner = this.locks.acquire(this.target, LockRequest.failFast());
		assertThat(this.locks.held()).hasSize(1);
		outer.close();
		inner.ensureHeld();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(outer::ensureHeld);
		assertThat(elsewhere(() -> this.locks.tryAcquire(this.target))).isEmpty();
		inner.close();
		assertThat(elsewhere(() -> this.locks.tryAcquire(this.target))).isPresent();
	}

	@Test
	void leaseMayBeClosedByAnotherThread() {
		LockLease lease = this.locks.acquire(this.target, SOON);
		elsewhere(() -> {
			lease.ensureHeld();
			lease.close();
			return true;
		});
		assertThat(this.locks.held()).isEmpty();
		assertThat(elsewhere(() -> this.locks.tryAcquire(this.target))).isPresent();
	}

	@Test
	void closingTwiceDoesNotEndTheNextLease() {
		LockLease lease = this.locks.acquire(this.target, SOON);
		lease.close();
		LockLease next = elsewhere(() -> this.locks.acquire(this.target, SOON));
		lease.close();
		next.ensureHeld();
		assertThat(this.locks.tryAcquire(this.target)).isEmpty();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld);
	}

	@Test
	void failsFastWhenBusy() {
		elsewhere(() -> this.locks.acquire(this.target, SOON));
		assertThat(this.locks.tryAcquire(this.target)).isEmpty();
		assertRefused(Reason.BUSY, () -> this.locks.acquire(this.target, LockRequest.failFast()));
		assertThat(this.locks.waiting()).isEmpty();
	}

	@Test
	void timesOutNotBeforeItsTime() {
		Duration limit = Duration.ofMillis(150);
		elsewhere(() -> this.locks.acquire(this.target, SOON));
		LockNotAcquiredException refused = assertRefused(Reason.TIMEOUT,
				() -> this.locks.acquire(this.target, LockRequest.waitUpTo(limit)));
		assertThat(refused.waited()).isGreaterThanOrEqualTo(limit).isLessThan(Duration.ofSeconds(10));
		assertThat(this.locks.waiting()).isEmpty();
	}

	@Test
	void interruptEndsTheWaitAndIsKept() throws Exception {
		this.locks.acquire(this.target, SOON);
		AtomicReference<Thread> waiter = new AtomicReference<>();
		Future<Boolean> wait = this.threads.submit(() -> {
			waiter.set(Thread.currentThread());
			assertRefused(Reason.INTERRUPTED, () -> this.locks.acquire(this.target, LockRequest.waitForever()));
			return Thread.interrupted();
		});
		await().until(() -> this.locks.waiting().size() == 1);
		waiter.get().interrupt();
		assertThat(wait.get(20, TimeUnit.SECONDS)).isTrue();
		assertThat(this.locks.waiting()).isEmpty();
	}

	@Test
	void shutdownTellsWaitersAndLeavesLeases() throws Exception {
		LockLease lease = this.locks.acquire(this.target, SOON);
		Future<?> wait = this.threads.submit(
				() -> assertRefused(Reason.CLOSED, () -> this.locks.acquire(this.target, LockRequest.waitForever())));
		await().until(() -> this.locks.waiting().size() == 1);
		this.locks.shutdown();
		wait.get(20, TimeUnit.SECONDS);
		lease.ensureHeld();
		Path other = this.target.resolveSibling("other");
		assertRefused(Reason.CLOSED, () -> this.locks.acquire(other, SOON));
		lease.close();
		assertThat(this.locks.held()).isEmpty();
	}

	@Test
	void closeReleasesWhatIsHeld() {
		LockLease lease = this.locks.acquire(this.target, SOON);
		this.locks.close();
		assertThat(this.locks.held()).isEmpty();
		assertThat(this.locks.inspect(this.target).state()).isEqualTo(this.afterRelease);
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld);
		lease.close();
	}

	@Test
	void tellsWhatIsHeldAndWhoWaits() throws Exception {
		Instant before = Instant.now().minusSeconds(1);
		LockLease lease = this.locks.acquire(this.target, SOON);
		Future<?> wait = this.threads.submit(() -> {
			Thread.currentThread().setName("the waiter");
			this.locks.acquire(this.target, SOON).close();
		});
		await().until(() -> this.locks.waiting().size() == 1);
		HeldLock held = this.locks.held().get(0);
		assertThat(held.target()).isEqualTo(this.target);
		assertThat(held.thread()).isEqualTo(Thread.currentThread().getName());
		assertThat(held.waiters()).isEqualTo(1);
		assertThat(held.since()).isBetween(before, Instant.now());
		WaitingLock waiting = this.locks.waiting().get(0);
		assertThat(waiting.target()).isEqualTo(this.target);
		assertThat(waiting.thread()).isEqualTo("the waiter");
		assertThat(waiting.since()).isBetween(before, Instant.now());
		LockInfo info = this.locks.inspect(this.target);
		assertThat(info.state()).isEqualTo(LockInfo.State.HELD);
		assertThat(info.pid()).isEqualTo(ProcessHandle.current().pid());
		assertThat(info.thread()).isEqualTo(Thread.currentThread().getName());
		lease.close();
		wait.get(20, TimeUnit.SECONDS);
		assertThat(this.locks.held()).isEmpty();
		assertThat(this.locks.waiting()).isEmpty();
		assertThat(this.locks.inspect(this.target).state()).isEqualTo(this.afterRelease);
	}

	@Test
	void linksAndRelativePathsLeadToTheSameLock() throws IOException {
		Path link = Files.createSymbolicLink(this.target.resolveSibling("link"), this.target);
		Path folder = Files.createSymbolicLink(this.target.resolveSibling("folder"), this.target.getParent());
		Path relative = Path.of("").toAbsolutePath().relativize(this.target);
		LockLease lease = this.locks.acquire(link, SOON);
		assertThat(lease.target()).isEqualTo(this.target);
		for (Path name : List.of(this.target, relative, folder.resolve("config.json"), folder.resolve("link"))) {
			assertThat(elsewhere(() -> this.locks.tryAcquire(name))).as(name.toString()).isEmpty();
			assertThat(this.locks.inspect(name).state()).isEqualTo(LockInfo.State.HELD);
		}
		Files.createFile(this.target);
		assertThat(elsewhere(() -> this.locks.tryAcquire(link))).isEmpty();
	}

	@Test
	void directoryThatIsMissingIsAFailure() {
		assertRefused(Reason.FAILED, () -> this.locks.acquire(this.directory.resolve("missing/config.json"), SOON));
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
					try (LockLease lease = this.locks.acquire(this.target, SOON)) {
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
		assertThat(this.events.all().stream().filter((event) -> event.startsWith("acquired"))).hasSize(100);
	}

	private static ExecutorService virtualThreads() throws ReflectiveOperationException {
		try {
			return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
		}
		catch (NoSuchMethodException ex) {
			return Executors.newCachedThreadPool();
		}
	}

	@Test
	void tellsListeners() {
		LockLease outer = this.locks.acquire(this.target, SOON);
		LockLease inner = this.locks.acquire(this.target, SOON);
		elsewhere(() -> this.locks.tryAcquire(this.target));
		inner.close();
		outer.close();
		assertThat(this.events.all()).containsExactly("acquired " + this.target, "acquired " + this.target,
				"BUSY " + this.target, "released " + this.target);
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
		try (LockRegistry registry = create(List.of(broken, this.events))) {
			LockLease lease = registry.acquire(this.target, SOON);
			assertThat(elsewhere(() -> registry.tryAcquire(this.target))).isEmpty();
			lease.close();
			assertThat(registry.held()).isEmpty();
		}
		assertThat(this.events.all()).containsExactly("acquired " + this.target, "BUSY " + this.target,
				"released " + this.target);
	}

	private static LockNotAcquiredException assertRefused(Reason reason, Callable<?> acquisition) {
		AtomicReference<LockNotAcquiredException> refused = new AtomicReference<>();
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(acquisition::call).satisfies((ex) -> {
			assertThat(ex.reason()).isEqualTo(reason);
			refused.set(ex);
		});
		return refused.get();
	}

	private <T> T elsewhere(Callable<T> action) {
		try {
			return this.threads.submit(action).get(20, TimeUnit.SECONDS);
		}
		catch (ExecutionException | InterruptedException | java.util.concurrent.TimeoutException ex) {
			throw new AssertionError(ex);
		}
	}

}

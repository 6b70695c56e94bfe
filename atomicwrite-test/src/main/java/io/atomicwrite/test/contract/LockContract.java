package io.atomicwrite.test.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A registry and a target, and how the contracts of registries use them.
 */
@Timeout(60)
abstract class LockContract {

	/** Waits for longer than any lock here is held. */
	protected static final LockRequest SOON = LockRequest.waitUpTo(Duration.ofSeconds(20));

	private final LockEvents events = new LockEvents();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@TempDir
	Path directory;

	private Path target;

	private LockRegistry locks;

	/**
	 * Creates a registry. Registries that are created for one test share what excludes
	 * others, if they exclude others.
	 * @param listeners its listeners
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

	/**
	 * Returns the registry that is tested.
	 * @return the registry
	 */
	protected final LockRegistry locks() {
		return this.locks;
	}

	/**
	 * Returns the directory of the target, empty at first.
	 * @return the directory
	 */
	protected final Path directory() {
		return this.directory;
	}

	/**
	 * Returns the file that is locked, which does not exist.
	 * @return its canonical path
	 */
	protected final Path target() {
		return this.target;
	}

	final LockEvents events() {
		return this.events;
	}

	final ExecutorService threads() {
		return this.threads;
	}

	static LockNotAcquiredException assertRefused(Reason reason, Callable<?> acquisition) {
		AtomicReference<LockNotAcquiredException> refused = new AtomicReference<>();
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(acquisition::call).satisfies((ex) -> {
			assertThat(ex.reason()).isEqualTo(reason);
			refused.set(ex);
		});
		return Objects.requireNonNull(refused.get());
	}

	/**
	 * Runs an action in another thread and waits for it.
	 * @param action the action
	 * @param <T> the type of its result
	 * @return what it returned
	 */
	protected final <T> T elsewhere(Callable<T> action) {
		try {
			return this.threads.submit(action).get(20, TimeUnit.SECONDS);
		}
		catch (ExecutionException | InterruptedException | TimeoutException ex) {
			throw new AssertionError(ex);
		}
	}

	/** Requires that threads with these registries are never in at the same time. */
	final void assertExcludes(int workers, int turns, IntFunction<LockRegistry> registry) throws Exception {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		int[] unguarded = new int[1];
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < workers; i++) {
			LockRegistry own = registry.apply(i);
			running.add(this.threads.submit(() -> {
				for (int turn = 0; turn < turns; turn++) {
					try (LockLease lease = own.acquire(target(), SOON)) {
						overlaps.addAndGet(inside.getAndIncrement());
						unguarded[0]++;
						lease.ensureHeld();
						inside.decrementAndGet();
					}
				}
			}));
		}
		for (Future<?> worker : running) {
			worker.get(50, TimeUnit.SECONDS);
		}
		assertThat(overlaps).hasValue(0);
		assertThat(unguarded[0]).isEqualTo(workers * turns);
	}

	/** Requires that a wait for the target, which someone holds, ends at its time. */
	final void assertTimesOut() {
		Duration limit = Duration.ofMillis(150);
		LockNotAcquiredException refused = assertRefused(Reason.TIMEOUT,
				() -> locks().acquire(target(), LockRequest.waitUpTo(limit)));
		assertThat(refused.waited()).isGreaterThanOrEqualTo(limit).isLessThan(Duration.ofSeconds(10));
		assertThat(locks().waiting()).isEmpty();
	}

	/** Requires that an interrupt ends a wait for the target, which someone holds. */
	final void assertInterruptEndsTheWait() throws Exception {
		AtomicReference<Thread> waiter = new AtomicReference<>();
		Future<Boolean> wait = threads().submit(() -> {
			waiter.set(Thread.currentThread());
			assertRefused(Reason.INTERRUPTED, () -> locks().acquire(target(), LockRequest.waitForever()));
			return Thread.interrupted();
		});
		await().until(() -> locks().waiting().size() == 1);
		Objects.requireNonNull(waiter.get()).interrupt();
		assertThat(wait.get(20, TimeUnit.SECONDS)).isTrue();
		assertThat(locks().waiting()).isEmpty();
	}

	/** Requires that a shutdown ends a wait for the target and leaves its lease. */
	final void assertShutdownEndsTheWait(LockLease lease) throws Exception {
		Future<?> wait = threads()
			.submit(() -> assertRefused(Reason.CLOSED, () -> locks().acquire(target(), LockRequest.waitForever())));
		await().until(() -> locks().waiting().size() == 1);
		locks().shutdown();
		wait.get(20, TimeUnit.SECONDS);
		lease.ensureHeld();
	}

}

package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.fs.FileOps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What is said of a lock that was not acquired, and what listeners are told.
 */
@Timeout(60)
class LockMessageTests {

	private static final LockRequest FOREVER = LockRequest.waitForever();

	private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

	private final LockRegistry locks = new InProcessLockRegistry(FileOps.system(), List.of(new LockListener() {

		@Override
		public void acquired(Path target, Duration waited) {
			LockMessageTests.this.told.add("acquired " + target.getFileName() + (waited.isNegative() ? " ?" : ""));
		}

		@Override
		public void notAcquired(Path target, Reason reason, Duration waited) {
			LockMessageTests.this.told.add(reason + " " + target.getFileName());
		}

		@Override
		public void released(Path target, Duration held) {
			LockMessageTests.this.told.add("released " + target.getFileName()
					+ ((held.isNegative() || held.compareTo(Duration.ofMinutes(1)) > 0) ? " ?" : ""));
		}

	}));

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.threads.shutdownNow();
		this.locks.close();
	}

	@Test
	void holderIsNamedToWhoDoesNotWaitAndToWhoWaitedInVain() throws Exception {
		Path target = this.directory.resolve("f");
		CountDownLatch done = new CountDownLatch(1);
		Future<?> holder = hold(target, done);
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.locks.acquire(target, LockRequest.failFast()))
			.withMessageContaining("locked by thread 'holder'")
			.withMessageContaining("nothing was changed");
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.locks.acquire(target, LockRequest.waitUpTo(Duration.ofMillis(30))))
			.withMessageContaining("not acquired within PT0.03S, held by thread 'holder'")
			.satisfies((ex) -> assertThat(ex.waited()).isBetween(Duration.ofMillis(30), Duration.ofSeconds(50)));
		done.countDown();
		holder.get();
		assertThat(this.told).containsExactly("acquired f", "BUSY f", "TIMEOUT f", "released f");
	}

	@Test
	void interruptedAndClosedWaitersAreTold() throws Exception {
		Path target = this.directory.resolve("f");
		CountDownLatch done = new CountDownLatch(1);
		Future<?> holder = hold(target, done);
		Future<?> waiter = this.threads.submit(() -> this.locks.acquire(target, FOREVER));
		await().until(() -> this.locks.waiting().size() == 1);
		waiter.cancel(true);
		await().until(() -> this.told.contains("INTERRUPTED f"));
		Future<?> other = this.threads.submit(() -> this.locks.acquire(target, FOREVER));
		await().until(() -> this.locks.waiting().size() == 1);
		this.locks.shutdown();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(other::get)
			.withMessageContaining("the lock registry is closed");
		assertThat(this.locks.held()).hasSize(1);
		done.countDown();
		holder.get();
	}

	@Test
	void closeGivesUpWhatIsHeldOnce() {
		Path target = this.directory.resolve("f");
		LockLease lease = this.locks.acquire(target, FOREVER);
		assertThat(lease.waited().isNegative()).isFalse();
		lease.ensureHeld();
		this.locks.close();
		assertThat(this.locks.held()).isEmpty();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld)
			.withMessageContaining("the lease is closed");
		lease.close();
		lease.close();
		assertThat(this.told).containsExactly("acquired f", "released f");
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> this.locks.acquire(target, FOREVER))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.CLOSED));
	}

	@Test
	void directoryThatIsMissingIsAClearFailure() {
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.locks.acquire(this.directory.resolve("missing/f"), FOREVER))
			.withMessageContaining("the lock can't be used: No such file or directory; nothing was changed, "
					+ "create the directory");
	}

	private Future<?> hold(Path target, CountDownLatch done) throws InterruptedException {
		CountDownLatch held = new CountDownLatch(1);
		Future<?> holder = this.threads.submit(() -> {
			Thread.currentThread().setName("holder");
			try (LockLease lease = this.locks.acquire(target, FOREVER)) {
				held.countDown();
				done.await();
				lease.ensureHeld();
			}
			return null;
		});
		held.await();
		return holder;
	}

}

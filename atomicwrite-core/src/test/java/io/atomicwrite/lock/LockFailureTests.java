package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.test.TriedLockFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests that a failure, or a close at a bad moment, leaves neither a lock behind nor a
 * lease without one.
 */
@Timeout(60)
class LockFailureTests {

	private static final LockRequest SOON = LockRequest.waitUpTo(Duration.ofSeconds(20));

	@TempDir
	Path directory;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private Path target;

	@BeforeEach
	void nameTarget() {
		this.target = this.directory.resolve("config.json");
	}

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@Test
	void listenerThatThrowsAnErrorLosesNoLease() {
		LockListener broken = new LockListener() {

			@Override
			public void acquired(Path path, Duration waited) {
				throw new NoClassDefFoundError("acquired");
			}

			@Override
			public void released(Path path, Duration held) {
				throw new NoClassDefFoundError("released");
			}

		};
		try (LockRegistry locks = LockRegistry.fileBuilder().listener(broken).build()) {
			locks.acquire(this.target, SOON).close();
			assertThat(locks.held()).isEmpty();
			assertThat(fromAnotherThread(() -> locks.tryAcquire(this.target).isPresent())).isTrue();
		}
	}

	@Test
	void clockThatFailsLeavesNothingLocked() {
		AtomicInteger calls = new AtomicInteger();
		AtomicInteger failing = new AtomicInteger();
		try (LockRegistry locks = LockRegistry.fileBuilder().clock(() -> {
			if (calls.incrementAndGet() == failing.get()) {
				throw new IllegalStateException("no time");
			}
			return Instant.EPOCH;
		}).build()) {
			// counts the calls of one acquisition
			locks.acquire(this.target, SOON).close();
			int callsOfOne = calls.get();
			assertThat(callsOfOne).isGreaterThanOrEqualTo(3);
			for (int call = 1; call <= callsOfOne; call++) {
				calls.set(0);
				failing.set(call);
				assertThatIllegalStateException().isThrownBy(() -> locks.acquire(this.target, SOON));
				assertThat(locks.waiting()).isEmpty();
				assertFree();
			}
			failing.set(0);
			locks.acquire(this.target, SOON).close();
		}
	}

	/** What NFS says, and what SSHFS says. */
	@ParameterizedTest
	@ValueSource(strings = { "Stale file handle", "No such file or directory" })
	void lockFileThatAnotherHostDeletesMeanwhileIsMadeAgain(String error) {
		DeletedElsewhere files = new DeletedElsewhere(error, 2);
		try (LockRegistry locks = LockRegistry.fileBuilder().files(files).build()) {
			locks.acquire(this.target, LockRequest.failFast()).close();
			assertThat(files.opened).isEqualTo(3);
		}
	}

	@Test
	void lockFileThatAnotherHostDeletesWhileItIsLookedAtIsNotHeld() throws IOException {
		Files.createFile(this.directory.resolve("config.json.lock"));
		DeletedElsewhere files = new DeletedElsewhere("Stale file handle", 1);
		try (LockFileRegistry locks = LockRegistry.fileBuilder().files(files).build()) {
			assertThat(locks.inspect(this.target).state()).isEqualTo(LockInfo.State.FREE);
			files.opened = 0;
			assertThat(locks.leftover(this.target)).isPresent();
		}
	}

	@Test
	void lockFileThatIsAlwaysGoneEndsWithTheDeadline() {
		DeletedElsewhere files = new DeletedElsewhere("Stale file handle", Integer.MAX_VALUE);
		try (LockRegistry locks = LockRegistry.fileBuilder().files(files).build()) {
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> locks.acquire(this.target, LockRequest.waitUpTo(Duration.ofMillis(50))))
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.TIMEOUT));
			assertThat(locks.held()).isEmpty();
		}
	}

	@Test
	void releaseThatFailsServesTheNextWaiter() throws Exception {
		AtomicBoolean broken = new AtomicBoolean(true);
		FileOps files = new ForwardingFileOps(FileOps.system()) {

			@Override
			public void delete(Path path) throws IOException {
				if (broken.getAndSet(false)) {
					throw new IllegalStateException("not a file error");
				}
				super.delete(path);
			}

		};
		try (LockRegistry locks = LockRegistry.fileBuilder().files(files).build()) {
			LockLease first = locks.acquire(this.target, SOON);
			Future<Duration> second = this.threads.submit(() -> {
				try (LockLease lease = locks.acquire(this.target, SOON)) {
					return lease.waited();
				}
			});
			await().until(() -> locks.waiting().size() == 1);
			assertThatIllegalStateException().isThrownBy(first::close);
			assertThat(second.get(20, TimeUnit.SECONDS)).isPositive();
		}
		assertFree();
	}

	@Test
	void closeDuringAnAcquisitionLeavesNoLease() throws Exception {
		Pause pause = new Pause();
		LockRegistry locks = LockRegistry.fileBuilder().files(pause.afterTryLock()).build();
		Future<LockLease> acquisition = this.threads.submit(() -> locks.acquire(this.target, SOON));
		pause.awaitReached();
		locks.close();
		pause.end();
		assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
			.isThrownBy(() -> acquisition.get(20, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOfSatisfying(LockNotAcquiredException.class,
					(ex) -> assertThat(ex.reason()).isEqualTo(Reason.CLOSED));
		assertFree();
	}

	@Test
	void closedRegistryGivesItsOwnersNothingMore() {
		LockRegistry locks = LockRegistry.file();
		LockLease lease = locks.acquire(this.target, SOON);
		locks.close();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld);
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> locks.acquire(this.target, SOON))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.CLOSED));
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld);
		lease.close();
		assertFree();
	}

	@Test
	void leaseIsReleasedOnceWhenTheRegistryClosesMeanwhile() throws Exception {
		Pause pause = new Pause();
		AtomicInteger deletions = new AtomicInteger();
		List<Duration> released = new ArrayList<>();
		FileOps files = new ForwardingFileOps(FileOps.system()) {

			@Override
			public void delete(Path path) throws IOException {
				deletions.incrementAndGet();
				pause.here();
				super.delete(path);
			}

		};
		LockRegistry locks = LockRegistry.fileBuilder().files(files).listener(new LockListener() {

			@Override
			public void released(Path path, Duration held) {
				released.add(held);
			}

		}).build();
		LockLease lease = locks.acquire(this.target, SOON);
		Future<?> closing = this.threads.submit(locks::close);
		pause.awaitReached();
		lease.close();
		pause.end();
		closing.get(20, TimeUnit.SECONDS);
		assertThat(deletions).hasValue(1);
		assertThat(released).hasSize(1);
		assertFree();
	}

	@Test
	void errorAfterTheRecordLockReleasesIt() {
		AtomicBoolean broken = new AtomicBoolean(true);
		FileOps files = new ForwardingFileOps(FileOps.system()) {

			@Override
			public @Nullable FileStat stat(Path path) throws IOException {
				if (path.toString().endsWith(".lock") && broken.getAndSet(false)) {
					throw new OutOfMemoryError("simulated");
				}
				return super.stat(path);
			}

			@Override
			public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
				// proves itself by its size, whatever else its kind can do
				LockFile opened = super.openLockFile(file, mode, create);
				return new TriedLockFile(opened, opened::tryLock);
			}

		};
		try (LockRegistry locks = LockRegistry.fileBuilder().files(files).build()) {
			assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> locks.acquire(this.target, SOON));
			assertThat(locks.waiting()).isEmpty();
			assertFree();
			locks.acquire(this.target, SOON).close();
		}
	}

	/** As a census of the directory does at any time. */
	@Test
	void aLeftoverAtWhichOthersOnlyLookIsDeleted() throws IOException {
		Path left = Files.createFile(this.directory.resolve("config.json.lock"));
		try (LockFileRegistry locks = LockRegistry.fileBuilder().files(lookedAt(3)).build()) {
			assertThat(locks.releaseLeftover(this.target)).isTrue();
		}
		assertThat(left).doesNotExist();
	}

	@Test
	void aLockAtWhichOthersOnlyLookIsFree() {
		try (LockRegistry locks = LockRegistry.fileBuilder().files(lookedAt(2)).build()) {
			locks.acquire(this.target, LockRequest.failFast()).close();
		}
		assertFree();
	}

	@Test
	void aLockThatIsHeldIsBusyAfterAMoment() {
		try (LockRegistry locks = LockRegistry.fileBuilder().files(lookedAt(Integer.MAX_VALUE)).build()) {
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> locks.acquire(this.target, LockRequest.failFast()))
				.extracting(LockNotAcquiredException::reason)
				.isEqualTo(LockNotAcquiredException.Reason.BUSY);
		}
	}

	/** Returns operations by which others have each lock at the first tries. */
	private static FileOps lookedAt(int looks) {
		AtomicInteger tries = new AtomicInteger();
		return new ForwardingFileOps(FileOps.system()) {

			@Override
			public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
				LockFile opened = super.openLockFile(file, mode, create);
				return new TriedLockFile(opened, () -> tries.getAndIncrement() >= looks && opened.tryLock());
			}

		};
	}

	private void assertFree() {
		assertThat(System.getProperties().stringPropertyNames())
			.noneMatch((name) -> name.contains(this.target.toString()));
		try (LockRegistry other = LockRegistry.file()) {
			LockLease lease = other.tryAcquire(this.target).orElseThrow();
			lease.ensureHeld();
			lease.close();
		}
		assertThat(Files.exists(this.directory.resolve("config.json.lock"))).isFalse();
	}

	private <T> T fromAnotherThread(Callable<T> action) {
		try {
			return this.threads.submit(action).get(20, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * A point at which a thread stops until it is let go.
	 */
	private static final class Pause {

		private final CountDownLatch reached = new CountDownLatch(1);

		private final CountDownLatch ended = new CountDownLatch(1);

		void here() {
			this.reached.countDown();
			try {
				if (!this.ended.await(20, TimeUnit.SECONDS)) {
					throw new AssertionError("never let go");
				}
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}

		void awaitReached() throws InterruptedException {
			assertThat(this.reached.await(20, TimeUnit.SECONDS)).isTrue();
		}

		void end() {
			this.ended.countDown();
		}

		FileOps afterTryLock() {
			return new ForwardingFileOps(FileOps.system()) {

				@Override
				public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
					LockFile opened = super.openLockFile(file, mode, create);
					return new TriedLockFile(opened, () -> {
						boolean locked = opened.tryLock();
						here();
						return locked;
					});
				}

			};
		}

	}

	/** Another host deletes the lock file while its lock is tried for. */
	private static final class DeletedElsewhere extends ForwardingFileOps {

		private final String error;

		private final int times;

		private int opened;

		DeletedElsewhere(String error, int times) {
			super(FileOps.system());
			this.error = error;
			this.times = times;
		}

		@Override
		public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
			LockFile open = super.openLockFile(file, mode, create);
			boolean gone = this.opened++ < this.times;
			return new TriedLockFile(open, () -> {
				if (gone) {
					throw new IOException(this.error);
				}
				return open.tryLock();
			});
		}

	}

}

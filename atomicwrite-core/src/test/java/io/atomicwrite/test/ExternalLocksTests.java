package io.atomicwrite.test;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.Remedy;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.ExternalLocks;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What the implementation of external locks is asked, and what is made of its answers.
 */
@Timeout(60)
class ExternalLocksTests {

	private final Scripted external = new Scripted();

	private final List<String> leftovers = new ArrayList<>();

	private final LockRegistry locks = LockRegistry.queueing(this.external, FileOps.system(), InstantSource.system(),
			List.of(new LockListener() {

				@Override
				public void leftOver(Path target, IOException cause) {
					ExternalLocksTests.this.leftovers.add(target.getFileName() + ": " + cause.getMessage());
					throw new NoClassDefFoundError("leftOver");
				}

			}));

	@TempDir
	private Path directory;

	@Test
	void onlyTheHeadOfTheQueueAsks() {
		Path target = this.directory.resolve("f");
		LockLease first = this.locks.acquire(target, LockRequest.failFast());
		LockLease again = this.locks.acquire(target, LockRequest.failFast());
		CompletableFuture<Void> second = CompletableFuture
			.runAsync(() -> this.locks.acquire(target, LockRequest.waitForever()).close());
		await().until(() -> this.locks.waiting().size() == 1);
		assertThat(this.external.acquired).hasValue(1);
		again.close();
		assertThat(this.external.released).hasValue(0);
		first.close();
		second.join();
		assertThat(this.external.acquired).hasValue(2);
		assertThat(this.external.released).hasValue(2);
		assertThat(this.external.heldAtMost).isEqualTo(1);
	}

	@Test
	void targetsOfOneKeyShareTheLock() {
		this.external.key = this.directory.resolve("key");
		LockLease one = this.locks.acquire(this.directory.resolve("one"), LockRequest.failFast());
		LockLease two = this.locks.acquire(this.directory.resolve("two"), LockRequest.failFast());
		assertThat(this.external.acquired).hasValue(1);
		assertThat(this.locks.held()).hasSize(1);
		one.close();
		two.ensureHeld();
		two.close();
		assertThat(this.external.released).hasValue(1);
	}

	@Test
	void errorOfTheAcquisitionIsAFailureWithTheRemedyOfTheImplementation() {
		this.external.acquisition = new IOException("connection refused");
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.locks.acquire(this.directory.resolve("f"), LockRequest.waitForever()))
			.withMessageContaining("the lock can't be used: connection refused; nothing was changed, "
					+ Remedy.REACH_LOCK_SERVICE.text())
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.FAILED));
		assertThat(this.locks.waiting()).isEmpty();
		assertThat(this.locks.held()).isEmpty();
	}

	@Test
	void refusalIsPassedOn() {
		this.external.refusal = Reason.SELF_DEADLOCK;
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.locks.acquire(this.directory.resolve("f"), LockRequest.waitForever()))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.SELF_DEADLOCK));
		this.external.refusal = null;
		this.locks.acquire(this.directory.resolve("f"), LockRequest.failFast()).close();
	}

	@Test
	void errorOfTheReleaseIsALeftoverAndEndsTheHold() {
		this.external.release = new IOException("connection lost");
		LockLease lease = this.locks.acquire(this.directory.resolve("f"), LockRequest.failFast());
		assertThat(lease.leftover()).isEmpty();
		lease.close();
		assertThat(lease.leftover()).containsSame(this.external.release);
		assertThat(this.leftovers).containsExactly("f: connection lost");
		assertThat(this.locks.held()).isEmpty();
	}

	@Test
	void pauseEndsAWaitThatIsOver() {
		this.external.pauses = true;
		Path target = this.directory.resolve("f");
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.locks.acquire(target, LockRequest.failFast()))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.BUSY));
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.locks.acquire(target, LockRequest.waitUpTo(Duration.ofMillis(20))))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.TIMEOUT));
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.locks.acquire(target, LockRequest.waitForever()))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.INTERRUPTED));
		assertThat(Thread.interrupted()).isTrue();
	}

	/** Answers as a test wants it. */
	private static final class Scripted implements ExternalLocks {

		private final AtomicInteger acquired = new AtomicInteger();

		private final AtomicInteger released = new AtomicInteger();

		private volatile int heldAtMost;

		private volatile @Nullable Path key;

		private volatile @Nullable IOException acquisition;

		private volatile @Nullable IOException release;

		private volatile @Nullable Reason refusal;

		private volatile boolean pauses;

		@Override
		public LockScope scope() {
			return LockScope.HOST;
		}

		@Override
		public Path key(Path target) {
			Path shared = this.key;
			return (shared != null) ? shared : target;
		}

		@Override
		public Held acquire(Path target, Wait wait) throws RefusedException, IOException {
			IOException error = this.acquisition;
			if (error != null) {
				throw error;
			}
			Reason reason = this.refusal;
			if (reason != null) {
				throw new RefusedException(reason);
			}
			while (this.pauses) {
				wait.pause(Duration.ofHours(1));
			}
			this.heldAtMost = Math.max(this.heldAtMost, this.acquired.incrementAndGet() - this.released.get());
			return new FreeLock() {

				@Override
				public void release() throws IOException {
					Scripted.this.released.incrementAndGet();
					IOException failure = Scripted.this.release;
					if (failure != null) {
						throw failure;
					}
				}

			};
		}

		@Override
		public LockInfo inspect(Path target) {
			return LockInfo.free(target);
		}

		@Override
		public Remedy remedy(IOException error) {
			return Remedy.REACH_LOCK_SERVICE;
		}

	}

}

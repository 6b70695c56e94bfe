package io.atomicwrite.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.ExternalLocks;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.test.FreeLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A move needs the locks of two files, and waits for both no longer than for one.
 */
@Timeout(60)
class ContendedMoveTests {

	@TempDir
	private Path directory;

	private Path source;

	private Path target;

	@BeforeEach
	void paths() throws Exception {
		this.source = Files.writeString(this.directory.resolve("source"), "content");
		this.target = this.directory.resolve("target");
	}

	@Test
	void moveWhoseLocksAreBothHeldWaitsForOneTimeout() throws Exception {
		Duration limit = Duration.ofSeconds(1);
		try (LockRegistry locks = LockRegistry.inProcess()) {
			LockLease first = locks.acquire(this.source, LockRequest.failFast());
			locks.acquire(this.target, LockRequest.failFast());
			long start = System.nanoTime();
			CompletableFuture<LockNotAcquiredException> refused = CompletableFuture
				.supplyAsync(() -> refusal(locks, limit));
			Thread.sleep(limit.toMillis() * 9 / 10);
			first.close();
			assertThat(refused.get().reason()).isEqualTo(Reason.TIMEOUT);
			assertThat(refused.get().waited()).isGreaterThanOrEqualTo(limit);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit.multipliedBy(18).dividedBy(10));
			assertThat(locks.held()).hasSize(1);
		}
		assertThat(this.source).hasContent("content");
		assertThat(this.target).doesNotExist();
	}

	private LockNotAcquiredException refusal(LockRegistry locks, Duration limit) {
		long start = System.nanoTime();
		try (AtomicFileTemplate template = AtomicFileTemplate.builder().locks(locks).build()) {
			LockNotAcquiredException[] refused = new LockNotAcquiredException[1];
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> template.move(this.source, this.target,
						WriteOptions.engineDefaults().toBuilder().lock(LockRequest.waitUpTo(limit)).build()))
				.satisfies((ex) -> refused[0] = ex);
			assertThat(refused[0].waited()).isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - start));
			return refused[0];
		}
	}

	@Test
	void whatTheFirstLockWaitsIsTakenFromTheWaitForTheSecond() {
		Duration limit = Duration.ofHours(1);
		Duration pause = Duration.ofMillis(20);
		SlowLocks slow = new SlowLocks(pause);
		try (LockRegistry locks = LockRegistry.queueing(slow, FileOps.system(), InstantSource.system(), List.of());
				AtomicFileTemplate template = AtomicFileTemplate.builder().locks(locks).build()) {
			template.move(this.source, this.target,
					WriteOptions.engineDefaults().toBuilder().lock(LockRequest.waitUpTo(limit)).build());
		}
		assertThat(slow.remaining).hasSize(2);
		assertThat(slow.remaining.get(1)).isLessThanOrEqualTo(limit.minus(pause));
	}

	/** Locks that are free, but not at once. */
	private static final class SlowLocks implements ExternalLocks {

		private final Duration pause;

		private final List<Duration> remaining = new ArrayList<>();

		SlowLocks(Duration pause) {
			this.pause = pause;
		}

		@Override
		public LockScope scope() {
			return LockScope.HOST;
		}

		@Override
		public Held acquire(Path target, Wait wait) throws RefusedException {
			Duration before = wait.remaining();
			this.remaining.add(before);
			while (before.minus(wait.remaining()).compareTo(this.pause) < 0) {
				wait.pause(this.pause);
			}
			return new FreeLock();
		}

		@Override
		public LockInfo inspect(Path target) {
			return LockInfo.free(target);
		}

	}

}

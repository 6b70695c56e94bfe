package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry.HeldLock;
import io.atomicwrite.lock.LockRegistry.WaitingLock;
import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.SweepOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A lock file that is not the one beside the target.
 */
class ChosenLockFileTests {

	@TempDir
	private Path directory;

	@Test
	void excludesThoseWhoNameTheSameFile() {
		Path file = this.directory.resolve("any name");
		try (LockRegistry one = registry(file); LockRegistry two = registry(file)) {
			LockLease lease = one.acquire(this.directory.resolve("a"), LockRequest.failFast());
			assertThat(file).exists();
			Path other = this.directory.resolve("b");
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> two.acquire(other, LockRequest.failFast()));
			lease.close();
			assertThat(file).doesNotExist();
			two.acquire(other, LockRequest.failFast()).close();
		}
	}

	@Test
	void threadThatHasItForOneTargetHasItForAll() throws IOException {
		Path source = Files.writeString(this.directory.resolve("source"), "text");
		Path target = this.directory.resolve("target");
		Path file = this.directory.resolve("elsewhere");
		try (LockRegistry locks = registry(file);
				AtomicFileTemplate template = AtomicFileTemplate.builder().locks(locks).build();
				LockLease lease = locks.acquire(this.directory.resolve("a"), LockRequest.failFast())) {
			template.move(source, target);
			assertThat(target).hasContent("text");
			lease.ensureHeld();
			assertThat(file).exists();
		}
		assertThat(source).doesNotExist();
		assertThat(file).doesNotExist();
	}

	@Test
	void threadsQueueForItEachWithItsTarget() {
		Path one = this.directory.resolve("one");
		Path two = this.directory.resolve("two");
		try (LockRegistry locks = registry(this.directory.resolve("elsewhere"))) {
			LockLease lease = locks.acquire(one, LockRequest.failFast());
			CompletableFuture<Path> other = CompletableFuture.supplyAsync(() -> {
				try (LockLease next = locks.acquire(two, LockRequest.waitForever())) {
					assertThat(locks.held()).extracting(HeldLock::target).containsExactly(two);
					return next.target();
				}
			});
			await().until(() -> !locks.waiting().isEmpty());
			assertThat(locks.waiting()).extracting(WaitingLock::target).containsExactly(two);
			assertThat(locks.held()).extracting(HeldLock::target).containsExactly(one);
			assertThat(locks.inspect(two).state()).isEqualTo(LockInfo.State.HELD);
			lease.close();
			assertThat(other.join()).isEqualTo(two);
		}
	}

	@Test
	void writerIsKnownToLiveThoughTheLockBesideTheTargetIsFree() throws IOException {
		Path target = this.directory.resolve("target");
		try (LockRegistry locks = registry(this.directory.resolve("elsewhere"));
				AtomicFileTemplate template = AtomicFileTemplate.builder().locks(locks).build();
				StagedWrite write = template.open(target)) {
			write.output().write(1);
			SweepOptions atOnce = SweepOptions.builder().orphanAge(Duration.ZERO).build();
			try (LockRegistry others = LockRegistry.file()) {
				new Housekeeper(FileOps.system(), others, InstantSource.system()).sweep(this.directory, atOnce);
			}
			write.commit();
		}
		assertThat(Files.size(target)).isOne();
	}

	private static LockRegistry registry(Path file) {
		return LockRegistry.fileBuilder().lockFile(file).build();
	}

}

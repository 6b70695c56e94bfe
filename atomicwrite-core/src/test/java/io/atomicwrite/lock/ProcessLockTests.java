package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.atomicwrite.LockLostException;
import io.atomicwrite.fs.NativeCalls;
import io.atomicwrite.test.ForkedJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of file locks against other processes, and of what silently drops a lock.
 */
@Timeout(60)
class ProcessLockTests {

	private static final LockRequest SOON = LockRequest.waitUpTo(Duration.ofSeconds(20));

	private final LockFileRegistry locks = LockRegistry.file();

	@TempDir
	Path directory;

	private Path target;

	private Path lockFile;

	@BeforeEach
	void nameFiles() {
		this.target = this.directory.resolve("config.json");
		this.lockFile = this.directory.resolve("config.json.lock");
	}

	@AfterEach
	void close() {
		this.locks.close();
	}

	@Test
	void waitsForAnotherProcess() {
		try (ForkedJvm other = LockPeer.start(this.target)) {
			assertThat(other.ask("try")).startsWith("acquired");
			other.tell("release");
			try (LockLease lease = this.locks.acquire(this.target, SOON)) {
				lease.ensureHeld();
				other.tell("wait 20000");
				assertThat(other.answer()).isEqualTo("released");
				assertThat(other.answer(Duration.ofMillis(200))).isNull();
			}
			assertThat(other.answer()).startsWith("acquired");
		}
	}

	@Test
	void tellsWhichProcessHoldsTheLock() {
		try (ForkedJvm other = LockPeer.start(this.target)) {
			assertThat(other.ask("inspect")).isEqualTo("FREE null");
			assertThat(other.ask("try")).startsWith("acquired");
			LockInfo info = this.locks.inspect(this.target);
			assertThat(info.state()).isEqualTo(LockInfo.State.HELD);
			assertThat(info.pid()).isEqualTo(other.pid());
			assertThat(info.thread()).isNull();
			assertThat(info.since()).isNotNull();
			assertThatExceptionOfType(io.atomicwrite.LockNotAcquiredException.class)
				.isThrownBy(() -> this.locks.acquire(this.target, LockRequest.failFast()))
				.withMessageContaining("process " + other.pid());
			assertThat(other.ask("ensure")).isEqualTo("held");
			assertThat(other.ask("release")).isEqualTo("released");
			try (LockLease lease = this.locks.acquire(this.target, SOON)) {
				assertThat(other.ask("inspect")).isEqualTo("HELD " + ProcessHandle.current().pid());
				lease.ensureHeld();
			}
		}
	}

	@Test
	void killedHolderLeavesAFileThatTheNextAcquires() {
		try (ForkedJvm other = LockPeer.start(this.target)) {
			assertThat(other.ask("try")).startsWith("acquired");
			other.kill();
		}
		assertThat(this.locks.leftover(this.target)).contains(this.lockFile);
		assertThat(this.locks.inspect(this.target).state()).isEqualTo(LockInfo.State.FREE);
		try (LockLease lease = this.locks.tryAcquire(this.target).orElseThrow()) {
			lease.ensureHeld();
			assertThat(lease.waited()).isLessThan(Duration.ofSeconds(1));
		}
		assertThat(this.lockFile).doesNotExist();
	}

	@Test
	void releasesALeftoverLockButNotOneThatIsHeld() {
		assertThat(this.locks.releaseLeftover(this.target)).isFalse();
		try (ForkedJvm other = LockPeer.start(this.target)) {
			assertThat(other.ask("try")).startsWith("acquired");
			assertThat(this.locks.releaseLeftover(this.target)).isFalse();
			assertThat(this.lockFile).exists();
			assertThat(other.ask("ensure")).isEqualTo("held");
			other.kill();
		}
		assertThat(this.lockFile).exists();
		assertThat(this.locks.releaseLeftover(this.target)).isTrue();
		assertThat(this.lockFile).doesNotExist();
		assertThat(this.locks.inspect(this.target).state()).isEqualTo(LockInfo.State.FREE);
	}

	@Test
	void looksAtAHeldLockDoNotDropIt() {
		try (ForkedJvm other = LockPeer.start(this.target);
				LockFileRegistry second = LockRegistry.file();
				LockLease lease = this.locks.acquire(this.target, SOON)) {
			for (LockFileRegistry registry : List.of(this.locks, second)) {
				assertThat(registry.inspect(this.target).state()).isEqualTo(LockInfo.State.HELD);
				assertThat(registry.inspect(this.target).thread()).isEqualTo(Thread.currentThread().getName());
				assertThat(registry.leftover(this.target)).isEmpty();
				assertThat(registry.releaseLeftover(this.target)).isFalse();
			}
			assertThat(second.tryAcquire(this.target)).isEmpty();
			assertThat(other.ask("try")).startsWith("BUSY");
			lease.ensureHeld();
		}
	}

	@Test
	void failedSecondAttemptDoesNotDropTheFirst() {
		try (ForkedJvm other = LockPeer.start(this.target);
				LockRegistry second = LockRegistry.file();
				LockLease lease = this.locks.acquire(this.target, SOON)) {
			for (int attempt = 0; attempt < 3; attempt++) {
				assertThat(second.tryAcquire(this.target)).isEmpty();
				assertThat(other.ask("try")).startsWith("BUSY");
			}
			lease.ensureHeld();
		}
	}

	@Test
	void lossToAnotherProcessIsNoticed() throws IOException {
		try (ForkedJvm other = LockPeer.start(this.target)) {
			LockLease lease = this.locks.acquire(this.target, SOON);
			assertThat(other.ask("try")).startsWith("BUSY");
			// closing any descriptor of the file drops the lock of this process, unless
			// the lock is that of an open file
			assertThat(Files.readAllBytes(this.lockFile)).isNotEmpty();
			if (NativeCalls.status().used()) {
				assertThat(other.ask("try")).startsWith("BUSY");
				lease.ensureHeld();
				lease.close();
				return;
			}
			assertThat(other.ask("try")).startsWith("acquired");
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld)
				.withMessageContaining("opened and closed elsewhere in this process");
			lease.close();
			assertThat(this.lockFile).exists();
			assertThat(other.ask("ensure")).isEqualTo("held");
			assertThat(this.locks.tryAcquire(this.target)).isEmpty();
		}
	}

	@Test
	void lockFileThatAnOperatorDeletesIsALostLock() throws IOException {
		try (ForkedJvm other = LockPeer.start(this.target)) {
			LockLease lease = this.locks.acquire(this.target, SOON);
			Files.delete(this.lockFile);
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld);
			assertThat(other.ask("try")).startsWith("acquired");
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld);
			lease.close();
			assertThat(this.lockFile).exists();
			assertThat(other.ask("ensure")).isEqualTo("held");
		}
	}

	@Test
	void keptLockFileIsLockedAgainByAnother() {
		try (ForkedJvm other = LockPeer.startKeeping(this.target);
				LockRegistry keeping = LockRegistry.fileBuilder().keepLockFile(true).build()) {
			for (int turn = 0; turn < 20; turn++) {
				try (LockLease lease = keeping.acquire(this.target, SOON)) {
					assertThat(other.ask("try")).startsWith("BUSY");
					lease.ensureHeld();
				}
				assertThat(other.ask("try")).startsWith("acquired");
				assertThat(keeping.tryAcquire(this.target)).isEmpty();
				assertThat(other.ask("release")).isEqualTo("released");
			}
		}
		assertThat(this.lockFile).exists();
	}

	@Test
	void excludesPythonAndIsExcludedByIt() throws IOException {
		Path script = Files.writeString(this.directory.resolve("peer.py"), """
				import fcntl, sys
				for command in sys.stdin:
				    if command.strip() == 'try':
				        file = open(sys.argv[1], 'a')
				        try:
				            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
				            print('> acquired', flush=True)
				        except OSError as e:
				            file.close()
				            print('> BUSY', flush=True)
				    else:
				        file.close()
				        print('> released', flush=True)
				""");
		try (ForkedJvm python = ForkedJvm.command(List.of("python3", script.toString(), this.lockFile.toString()))) {
			assertThat(python.ask("try")).isEqualTo("acquired");
			assertThat(this.locks.tryAcquire(this.target)).isEmpty();
			assertThat(this.locks.inspect(this.target).pid()).isEqualTo(python.pid());
			assertThat(python.ask("release")).isEqualTo("released");
			try (LockLease lease = this.locks.acquire(this.target, SOON)) {
				assertThat(python.ask("try")).isEqualTo("BUSY");
				lease.ensureHeld();
			}
			assertThat(python.ask("try")).isEqualTo("acquired");
		}
	}

}

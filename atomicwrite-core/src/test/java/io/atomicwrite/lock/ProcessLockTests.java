package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.test.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of file locks against other processes.
 */
@Timeout(60)
class ProcessLockTests {

	@TempDir
	Path directory;

	@Test
	void waitsForAnotherProcess() {
		Path target = this.directory.resolve("config.json");
		try (ForkedJvm other = LockPeer.start(target); LockRegistry locks = LockRegistry.file()) {
			assertThat(other.ask("try")).startsWith("acquired");
			other.tell("release");
			try (LockLease lease = locks.acquire(target, LockRequest.waitUpTo(Duration.ofSeconds(20)))) {
				lease.ensureHeld();
				other.tell("wait 20000");
				assertThat(other.answer()).isEqualTo("released");
				assertThat(other.answer(Duration.ofMillis(200))).isNull();
			}
			assertThat(other.answer()).startsWith("acquired");
		}
	}

}

package io.atomicwrite.spring.lock;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.hosts.Engine;
import io.atomicwrite.hosts.RunningServer;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A host whose clock is two lease times ahead.
 */
class JdbcClockTests {

	@Test
	void aHostWhoseClockDiffersIsRefusedWithTheReason(@TempDir Path data, @TempDir Path files) throws Exception {
		Path target = Files.writeString(files.resolve("file"), "old").toRealPath();
		try (RunningServer server = RunningServer.postgres(data);
				Engine engine = Engine.open("jdbc", server.port(), Duration.ofSeconds(5))) {
			JdbcLockStore store = (JdbcLockStore) engine.store();
			// the server runs on this machine
			assertThat(store.clockSkew().orElseThrow().abs()).isLessThan(Duration.ofSeconds(5));
			JdbcLockStore ahead = store.withClock(() -> Instant.now().plusSeconds(60));
			assertThat(ahead.clockSkew().orElseThrow()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(65));
			try (LockRegistry locks = LockRegistry.clusterBuilder(ahead)
				.keys((path) -> Optional.of(path.getFileName().toString()))
				.maxClockSkew(Duration.ofSeconds(20))
				.storeTimeout(Duration.ofSeconds(20))
				.build()) {
				assertThatThrownBy(() -> locks.acquire(target, LockRequest.waitUpTo(Duration.ofSeconds(60))))
					.isInstanceOf(LockNotAcquiredException.class)
					.hasMessageContaining("clock");
			}
		}
	}

}

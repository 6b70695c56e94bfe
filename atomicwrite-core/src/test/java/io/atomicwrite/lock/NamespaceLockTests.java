package io.atomicwrite.lock;

import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Locks between PID namespaces that share a directory, as containers share a volume: each
 * process has the number 1 in its own.
 */
@Mounts
@RequiresRoot
@RequiresCommand("unshare")
@Timeout(120)
class NamespaceLockTests {

	@TempDir
	private Path directory;

	@Test
	void namespacesExcludeEachOtherAndTheHost() {
		Path target = this.directory.resolve("config.json");
		try (LockRegistry host = LockRegistry.file();
				ForkedJvm one = isolated(target);
				ForkedJvm two = isolated(target)) {
			assertThat(one.ask("try")).startsWith("acquired");
			assertThat(two.ask("try")).startsWith("BUSY");
			assertThat(host.tryAcquire(target)).isEmpty();
			assertThat(host.inspect(target).state()).isEqualTo(LockInfo.State.HELD);
			// the number of a holder in another namespace says nothing here
			assertThat(two.ask("inspect")).isEqualTo("HELD null");
			assertThat(two.ask("leftover")).isEqualTo("false");
			assertThat(one.ask("ensure")).isEqualTo("held");
			assertThat(one.ask("release")).isEqualTo("released");
			LockLease lease = host.tryAcquire(target).orElseThrow();
			assertThat(one.ask("try")).startsWith("BUSY");
			assertThat(two.ask("try")).startsWith("BUSY");
			lease.ensureHeld();
			lease.close();
			assertThat(two.ask("try")).startsWith("acquired");
		}
	}

	@Test
	void killedHolderOfAnotherNamespaceHoldsNoMore() {
		Path target = this.directory.resolve("config.json");
		try (LockRegistry host = LockRegistry.file();
				ForkedJvm one = isolated(target);
				ForkedJvm two = isolated(target)) {
			assertThat(one.ask("try")).startsWith("acquired");
			one.kill();
			assertThat(two.ask("wait 20000")).startsWith("acquired");
			assertThat(host.tryAcquire(target)).isEmpty();
		}
	}

	private static ForkedJvm isolated(Path target) {
		return ForkedJvm.start(List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"),
				ForkedJvm.classPath(), LockPeer.class, "delete", target.toString());
	}

}

package io.atomicwrite.lock;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.test.ForkedJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of several users of one lock file within one JVM, where a record lock does not
 * keep them apart and a second descriptor would drop it.
 */
@Timeout(60)
class JvmLockTests {

	private static final LockRequest SOON = LockRequest.waitUpTo(Duration.ofSeconds(20));

	private final LockRegistry locks = LockRegistry.file();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@TempDir
	Path directory;

	private Path target;

	@BeforeEach
	void nameTarget() {
		this.target = this.directory.resolve("config.json");
	}

	@AfterEach
	void close() {
		this.threads.shutdownNow();
		this.locks.close();
	}

	@Test
	void anotherRegistryWaitsItsTurnAndNeverDropsTheLock() throws Exception {
		try (ForkedJvm other = LockPeer.start(this.target); LockRegistry second = LockRegistry.file()) {
			LockLease lease = this.locks.acquire(this.target, SOON);
			Future<LockLease> waiting = this.threads.submit(() -> second.acquire(this.target, SOON));
			await().until(() -> second.waiting().size() == 1);
			for (int attempt = 0; attempt < 5; attempt++) {
				assertThat(other.ask("try")).startsWith("BUSY");
			}
			lease.ensureHeld();
			assertThat(waiting).isNotDone();
			lease.close();
			LockLease next = waiting.get(20, TimeUnit.SECONDS);
			assertThat(other.ask("try")).startsWith("BUSY");
			next.ensureHeld();
			next.close();
			assertThat(other.ask("try")).startsWith("acquired");
		}
	}

	@Test
	void waitForOneselfThroughAnotherRegistryFailsAtOnce() {
		try (LockRegistry second = LockRegistry.file(); LockLease lease = this.locks.acquire(this.target, SOON)) {
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> second.acquire(this.target, LockRequest.waitForever()))
				.satisfies((ex) -> {
					assertThat(ex.reason()).isEqualTo(Reason.SELF_DEADLOCK);
					assertThat(ex.waited()).isLessThan(Duration.ofSeconds(1));
				});
			lease.ensureHeld();
		}
	}

	@Test
	void waiterOfAnotherRegistryIsNotTakenForTheHolder() throws Exception {
		try (ForkedJvm other = LockPeer.start(this.target); LockRegistry second = LockRegistry.file()) {
			assertThat(other.ask("try")).startsWith("acquired");
			Future<?> waiting = this.threads.submit(() -> second.acquire(this.target, SOON).close());
			await().until(() -> second.waiting().size() == 1);
			LockInfo info = this.locks.inspect(this.target);
			assertThat(info.state()).isEqualTo(LockInfo.State.HELD);
			assertThat(info.pid()).isEqualTo(other.pid());
			assertThat(other.ask("release")).isEqualTo("released");
			waiting.get(20, TimeUnit.SECONDS);
		}
	}

	@Test
	void twoClassLoadersExcludeEachOther() throws Exception {
		URL classes = LockRegistry.class.getProtectionDomain().getCodeSource().getLocation();
		ClassLoader platform = ClassLoader.getPlatformClassLoader();
		try (ForkedJvm other = LockPeer.start(this.target);
				URLClassLoader one = new URLClassLoader(new URL[] { classes }, platform);
				URLClassLoader two = new URLClassLoader(new URL[] { classes }, platform);
				AutoCloseable first = registry(one);
				AutoCloseable second = registry(two)) {
			assertThat(first.getClass()).isNotEqualTo(second.getClass());
			AutoCloseable lease = tryAcquire(first).orElseThrow();
			assertThat(tryAcquire(second)).isEmpty();
			assertThat(this.locks.tryAcquire(this.target)).isEmpty();
			assertThat(other.ask("try")).startsWith("BUSY");
			lease.close();
			AutoCloseable next = tryAcquire(second).orElseThrow();
			assertThat(tryAcquire(first)).isEmpty();
			assertThat(other.ask("try")).startsWith("BUSY");
			next.close();
			assertThat(other.ask("try")).startsWith("acquired");
		}
	}

	private static AutoCloseable registry(ClassLoader loader) throws ReflectiveOperationException {
		return (AutoCloseable) loader.loadClass(LockRegistry.class.getName()).getMethod("file").invoke(null);
	}

	@SuppressWarnings("unchecked")
	private Optional<AutoCloseable> tryAcquire(AutoCloseable registry) throws ReflectiveOperationException {
		Class<?> type = registry.getClass().getClassLoader().loadClass(LockRegistry.class.getName());
		return (Optional<AutoCloseable>) type.getMethod("tryAcquire", Path.class).invoke(registry, this.target);
	}

	@Test
	void lockThatTheApplicationTookByItselfIsAClearFailure() throws Exception {
		try (FileChannel channel = FileChannel.open(this.directory.resolve("config.json.lock"),
				StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			channel.lock();
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> this.locks.acquire(this.target, SOON))
				.withMessageContaining("this process has locked the same file")
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.FAILED));
		}
		this.locks.acquire(this.target, SOON).close();
	}

}

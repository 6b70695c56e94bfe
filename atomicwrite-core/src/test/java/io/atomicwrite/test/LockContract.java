package io.atomicwrite.test;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A registry and a target, and how the contracts of registries use them.
 */
@Timeout(60)
abstract class LockContract {

	static final LockRequest SOON = LockRequest.waitUpTo(Duration.ofSeconds(20));

	private final LockEvents events = new LockEvents();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@TempDir
	Path directory;

	private Path target;

	private LockRegistry locks;

	/**
	 * Creates a registry. Registries that are created for one test share what excludes
	 * others, if they exclude others.
	 * @param listeners its listeners
	 * @return the registry
	 */
	protected abstract LockRegistry create(List<LockListener> listeners);

	@BeforeEach
	void createRegistry() throws IOException {
		this.target = this.directory.toRealPath().resolve("config.json");
		this.locks = create(List.of(this.events));
	}

	@AfterEach
	void close() {
		this.threads.shutdownNow();
		this.locks.close();
	}

	final LockRegistry locks() {
		return this.locks;
	}

	final Path directory() {
		return this.directory;
	}

	final Path target() {
		return this.target;
	}

	final LockEvents events() {
		return this.events;
	}

	final ExecutorService threads() {
		return this.threads;
	}

	static LockNotAcquiredException assertRefused(Reason reason, Callable<?> acquisition) {
		AtomicReference<LockNotAcquiredException> refused = new AtomicReference<>();
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(acquisition::call).satisfies((ex) -> {
			assertThat(ex.reason()).isEqualTo(reason);
			refused.set(ex);
		});
		return refused.get();
	}

	final <T> T elsewhere(Callable<T> action) {
		try {
			return this.threads.submit(action).get(20, TimeUnit.SECONDS);
		}
		catch (ExecutionException | InterruptedException | TimeoutException ex) {
			throw new AssertionError(ex);
		}
	}

}

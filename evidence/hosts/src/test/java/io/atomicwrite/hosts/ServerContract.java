package io.atomicwrite.hosts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.lock.LockStore;
import io.atomicwrite.lock.LockStoreException;
import io.atomicwrite.test.LockStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The contract of lock stores, with two clients of one server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerContract extends LockStoreContract {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final String kind;

	private final Duration shortLease;

	private RunningServer server;

	private Engine here;

	private Engine there;

	ServerContract(String kind, Duration shortLease) {
		this.kind = kind;
		this.shortLease = shortLease;
	}

	abstract RunningServer start(Path data) throws Exception;

	@BeforeAll
	void open(@TempDir Path data) throws Exception {
		this.server = start(data);
		this.here = Engine.open(this.kind, this.server.port(), TIMEOUT);
		this.there = Engine.open(this.kind, this.server.port(), TIMEOUT);
	}

	@AfterAll
	void close() throws Exception {
		this.here.close();
		this.there.close();
		this.server.close();
	}

	@Override
	protected LockStore here() {
		return this.here.store();
	}

	@Override
	protected LockStore there() {
		return this.there.store();
	}

	@Override
	protected Duration shortLease() {
		return this.shortLease;
	}

	@Test
	void aRequestThatIsGivenUpEndsAndLeavesNoLock() throws Exception {
		String key = "given up by " + this.kind;
		here().tryAcquire("warm", Duration.ofSeconds(60)).orElseThrow().release();
		this.server.freeze(true);
		try {
			// at the latest at the timeout of the client
			assertThat(failureOf(here(), key, Duration.ofMillis(200))).isInstanceOf(LockStoreException.class);
		}
		finally {
			this.server.freeze(false);
		}
		// what the server has still done ends with the lease time
		await().atMost(PATIENCE)
			.ignoreExceptions()
			.until(() -> there().tryAcquire(key, this.shortLease), Optional::isPresent)
			.orElseThrow()
			.release();
	}

	@Test
	void aServerThatIsGoneIsAnErrorAndNoRefusal() throws Exception {
		try (Engine nowhere = Engine.open(this.kind, 1, Duration.ofMillis(500))) {
			assertThat(failureOf(nowhere.store(), "nowhere", Duration.ofSeconds(3)))
				.isInstanceOf(LockStoreException.class);
		}
	}

	/** Asks for a lock and gives up, as the registry does at its timeout. */
	private Throwable failureOf(LockStore store, String key, Duration timeout) throws Exception {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread asks = new Thread(() -> {
			try {
				failure.complete(new AssertionError("answered: " + store.tryAcquire(key, this.shortLease)));
			}
			catch (LockStoreException | RuntimeException ex) {
				failure.complete(ex);
			}
		});
		asks.start();
		asks.join(timeout.toMillis());
		asks.interrupt();
		return failure.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

}

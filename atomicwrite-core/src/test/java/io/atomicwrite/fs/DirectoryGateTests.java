package io.atomicwrite.fs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gate that lets few threads at a time change a directory, and never holds up anybody
 * for long.
 */
@Timeout(60)
class DirectoryGateTests {

	private static final Path ENTRY = Path.of("/some/directory/f");

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void whoComesLaterWaitsAndNotForLong() throws Exception {
		CountDownLatch hang = hangInside();
		long start = System.nanoTime();
		DirectoryGate.enter(ENTRY.resolveSibling("g")).close();
		assertThat(Duration.ofNanos(System.nanoTime() - start))
			.isBetween(Duration.ofMillis(DirectoryGate.LONGEST_MILLIS), Duration.ofSeconds(10));
		hang.countDown();
	}

	@Test
	void anInterruptIsLeftToOthers() throws Exception {
		CountDownLatch hang = hangInside();
		Thread.currentThread().interrupt();
		DirectoryGate.enter(ENTRY).close();
		assertThat(Thread.interrupted()).isTrue();
		hang.countDown();
	}

	/** Fills the gate with threads that stay until the result is counted down. */
	private CountDownLatch hangInside() throws InterruptedException {
		CountDownLatch entered = new CountDownLatch(DirectoryGate.PERMITS);
		CountDownLatch hang = new CountDownLatch(1);
		for (int thread = 0; thread < DirectoryGate.PERMITS; thread++) {
			this.threads.submit(() -> {
				try (DirectoryGate gate = DirectoryGate.enter(ENTRY)) {
					entered.countDown();
					hang.await();
				}
				return null;
			});
		}
		assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
		return hang;
	}

	@Test
	void aRootHasNoDirectory() {
		DirectoryGate.enter(Path.of("/")).close();
		DirectoryGate.enter(Path.of("f")).close();
	}

}

package io.atomicwrite.fs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gate that lets one thread at a time change a directory, and never holds up anybody
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
	void oneThreadAtATime() throws Exception {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		List<Future<?>> running = new ArrayList<>();
		for (int thread = 0; thread < 4; thread++) {
			running.add(this.threads.submit(() -> {
				for (int turn = 0; turn < 2_000; turn++) {
					try (DirectoryGate gate = DirectoryGate.enter(ENTRY)) {
						most.accumulateAndGet(inside.incrementAndGet(), Math::max);
						Thread.yield();
						inside.decrementAndGet();
					}
				}
			}));
		}
		for (Future<?> one : running) {
			one.get(30, TimeUnit.SECONDS);
		}
		assertThat(most).hasValue(1);
	}

	@Test
	void aThreadThatDoesNotComeBackHoldsUpNobodyForLong() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch hang = new CountDownLatch(1);
		this.threads.submit(() -> {
			try (DirectoryGate gate = DirectoryGate.enter(ENTRY)) {
				entered.countDown();
				hang.await();
			}
			return null;
		});
		assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
		long start = System.nanoTime();
		DirectoryGate.enter(ENTRY.resolveSibling("g")).close();
		assertThat(Duration.ofNanos(System.nanoTime() - start))
			.isBetween(Duration.ofMillis(DirectoryGate.LONGEST_MILLIS), Duration.ofSeconds(10));
		hang.countDown();
	}

	@Test
	void anInterruptIsLeftToOthers() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch hang = new CountDownLatch(1);
		this.threads.submit(() -> {
			try (DirectoryGate gate = DirectoryGate.enter(ENTRY)) {
				entered.countDown();
				hang.await();
			}
			return null;
		});
		assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
		Thread.currentThread().interrupt();
		DirectoryGate.enter(ENTRY).close();
		assertThat(Thread.interrupted()).isTrue();
		hang.countDown();
	}

	@Test
	void aRootHasNoDirectory() {
		DirectoryGate.enter(Path.of("/")).close();
		DirectoryGate.enter(Path.of("f")).close();
	}

}

package io.atomicwrite.spring.lock;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.lock.LockStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HoldThreadTests {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private volatile Thread owner = Thread.currentThread();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	private boolean acquire() {
		this.owner = Thread.currentThread();
		return true;
	}

	private void release() {
		this.calls.add((Thread.currentThread() == this.owner) ? "released" : "released by another thread");
		if (Thread.currentThread().isInterrupted()) {
			this.calls.add("with an interrupt");
		}
	}

	@Test
	void everythingRunsInTheThreadThatAcquired() throws Exception {
		HoldThread hold = new HoldThread(this::acquire, this::release);
		assertThat(hold.begin(this.threads)).isTrue();
		assertThat(this.owner).isNotSameAs(Thread.currentThread());
		assertThat(hold.call(() -> Thread.currentThread() == this.owner)).isTrue();
		hold.end();
		assertThat(this.calls).containsExactly("released");
	}

	@Test
	void aBusyLockIsNotReleased() throws Exception {
		assertThat(new HoldThread(() -> false, this::release).begin(this.threads)).isFalse();
		this.threads.shutdown();
		assertThat(this.threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
		assertThat(this.calls).isEmpty();
	}

	@Test
	void aFailureIsReportedWithWhatHappened() {
		HoldThread hold = new HoldThread(() -> {
			throw new IllegalStateException("wrapped", new java.io.IOException("connection refused"));
		}, this::release);
		assertThatThrownBy(() -> hold.begin(this.threads)).isInstanceOf(LockStoreException.class)
			.hasMessage("IOException: connection refused");
	}

	@Test
	void aLockThatIsAcquiredAfterItsCallerHasGivenUpIsReleased() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		HoldThread hold = new HoldThread(() -> {
			asked.countDown();
			awaitThrough(answered);
			return acquire();
		}, this::release);
		Throwable failure = interrupted(asked, () -> hold.begin(this.threads));
		assertThat(failure).isInstanceOf(LockStoreException.class).hasMessage("the request was given up");
		assertThat(this.calls).isEmpty();
		answered.countDown();
		this.threads.shutdown();
		assertThat(this.threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
		assertThat(this.calls).containsExactly("released");
	}

	@Test
	void aRenewalThatIsGivenUpIsInterruptedAndTheReleaseIsNot() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		HoldThread hold = new HoldThread(this::acquire, this::release);
		hold.begin(this.threads);
		Throwable failure = interrupted(asked, () -> hold.call(() -> {
			asked.countDown();
			Thread.sleep(Long.MAX_VALUE);
			return true;
		}));
		assertThat(failure).isInstanceOf(LockStoreException.class);
		hold.end();
		assertThat(this.calls).containsExactly("released");
	}

	/** As a client that does not react to an interrupt, and keeps it. */
	private static void awaitThrough(CountDownLatch latch) {
		boolean interrupted = false;
		while (latch.getCount() != 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/** Runs something in a thread that is interrupted then. */
	private static Throwable interrupted(CountDownLatch asked, Call call) throws Exception {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				call.run();
				failure.complete(new AssertionError("it was not given up"));
			}
			catch (LockStoreException ex) {
				failure.complete(ex);
			}
		});
		caller.start();
		asked.await();
		caller.interrupt();
		return failure.get(60, TimeUnit.SECONDS);
	}

	/**
	 * A call of the thread.
	 */
	@FunctionalInterface
	private interface Call {

		boolean run() throws LockStoreException;

	}

}

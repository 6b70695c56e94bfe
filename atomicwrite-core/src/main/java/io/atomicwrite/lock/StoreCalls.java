package io.atomicwrite.lock;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.atomicwrite.isolation.DaemonCalls;
import org.jspecify.annotations.Nullable;

/**
 * Calls a lock store in daemon threads, and waits for no answer longer than a limit. A
 * call that never returns holds up its own thread and nobody else. Thread-safe.
 */
final class StoreCalls {

	/** With so many calls without an answer the store is down: more only cost threads. */
	private static final int MOST_HANGING = 64;

	private static final Duration IDLE = Duration.ofSeconds(10);

	private final String store;

	private final AtomicInteger hanging = new AtomicInteger();

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE.toMillis(),
			TimeUnit.MILLISECONDS, new SynchronousQueue<>(),
			(call) -> DaemonCalls.thread("atomicwrite-lock-store", call));

	StoreCalls(String store) {
		this.store = store;
	}

	/** Runs what makes calls of its own, and does not wait for it. */
	Executor background() {
		return this.threads;
	}

	/**
	 * Makes a call whose late result needs nothing.
	 */
	<T> T call(Duration limit, Callable<T> call) throws LockStoreException {
		return call(limit, call, (late) -> {
		});
	}

	/**
	 * Makes a call; an interrupt of the caller shortens no wait, and is kept.
	 * @param late takes a result that comes after the wait, in the thread of the call
	 */
	<T> T call(Duration limit, Callable<T> call, Consumer<T> late) throws LockStoreException {
		boolean interrupted = Thread.interrupted();
		long deadline = System.nanoTime() + limit.toNanos();
		Call<T> made = start(call, late);
		try {
			while (true) {
				try {
					if (made.done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS) || !made.giveUp()) {
						return made.result();
					}
					throw new LockStoreException(this.store + " did not answer within " + limit.toMillis() + " ms");
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private <T> Call<T> start(Callable<T> call, Consumer<T> late) throws LockStoreException {
		if (this.hanging.get() >= MOST_HANGING) {
			throw new LockStoreException(this.store + " does not answer: " + MOST_HANGING + " calls still wait for it");
		}
		Call<T> made = new Call<>(call, late);
		this.threads.execute(made);
		return made;
	}

	/** One call, whose result is either used or late. */
	private final class Call<T> implements Runnable {

		final CountDownLatch done = new CountDownLatch(1);

		private final Callable<T> call;

		private final Consumer<T> late;

		/** Set by whoever comes first: the result, or the end of the wait. */
		private final AtomicBoolean settled = new AtomicBoolean();

		private final CountDownLatch interrupted = new CountDownLatch(1);

		private volatile @Nullable Thread runner;

		private @Nullable T result;

		private @Nullable Throwable failure;

		Call(Callable<T> call, Consumer<T> late) {
			this.call = call;
			this.late = late;
		}

		@Override
		public void run() {
			this.runner = Thread.currentThread();
			@Nullable T made = null;
			try {
				made = this.call.call();
				this.result = made;
			}
			catch (Throwable ex) {
				this.failure = ex;
			}
			if (this.settled.compareAndSet(false, true)) {
				this.done.countDown();
				return;
			}
			StoreCalls.this.hanging.decrementAndGet();
			awaitInterrupt();
			if (made != null) {
				this.late.accept(made);
			}
		}

		/**
		 * So that neither what is done with a late result is interrupted, nor the next
		 * call.
		 */
		private void awaitInterrupt() {
			try {
				this.interrupted.await();
			}
			catch (InterruptedException ex) {
				// this is the one
			}
			while (this.interrupted.getCount() > 0) {
				Thread.onSpinWait();
			}
			Thread.interrupted();
		}

		/** Ends the wait; false if there is a result by now. */
		boolean giveUp() {
			if (!this.settled.compareAndSet(false, true)) {
				return false;
			}
			StoreCalls.this.hanging.incrementAndGet();
			Thread running = this.runner;
			if (running != null) {
				running.interrupt();
			}
			this.interrupted.countDown();
			return true;
		}

		T result() throws LockStoreException {
			Throwable thrown = this.failure;
			T made = this.result;
			if (thrown instanceof Error error) {
				throw error;
			}
			if (thrown instanceof LockStoreException ex) {
				throw new LockStoreException(StoreCalls.this.store + ": " + ex.getMessage(), ex);
			}
			if (thrown != null || made == null) {
				throw new LockStoreException(StoreCalls.this.store + ": " + thrown,
						(thrown != null) ? thrown : new IllegalStateException("no result"));
			}
			return made;
		}

	}

}

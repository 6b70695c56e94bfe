package io.atomicwrite.spring.lock;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

import io.atomicwrite.lock.LockStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one hold of a lock that belongs to a thread: acquires it, and then does
 * what is asked of it until the lock is released. Thread-safe.
 *
 * <p>
 * Whoever asks may give up, by an interrupt: then the request is interrupted too, and the
 * thread goes on with the next one. A lock that is acquired after its caller has given up
 * is released at once.
 */
final class HoldThread {

	private final Callable<Boolean> acquire;

	private final Runnable release;

	private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

	HoldThread(Callable<Boolean> acquire, Runnable release) {
		this.acquire = acquire;
		this.release = release;
	}

	/**
	 * Acquires the lock.
	 * @param threads what runs the thread of the hold
	 * @return whether it was acquired
	 * @throws LockStoreException if the store does not answer or refuses
	 */
	boolean begin(Executor threads) throws LockStoreException {
		Request first = new Request(this.acquire, false);
		threads.execute(() -> run(first));
		return first.await();
	}

	/**
	 * Runs something in the thread.
	 * @param task what to run
	 * @return its result
	 * @throws LockStoreException if it fails
	 */
	boolean call(Callable<Boolean> task) throws LockStoreException {
		return ask(new Request(task, false));
	}

	/**
	 * Releases the lock and ends the thread, after what it still does.
	 * @throws LockStoreException if the release fails
	 */
	void end() throws LockStoreException {
		ask(new Request(() -> {
			this.release.run();
			return true;
		}, true));
	}

	private boolean ask(Request request) throws LockStoreException {
		this.requests.add(request);
		return request.await();
	}

	private void run(Request first) {
		if (!first.run()) {
			return;
		}
		if (first.isGivenUp()) {
			releaseUnasked();
			return;
		}
		boolean ended = false;
		while (!ended) {
			try {
				Request next = this.requests.take();
				next.run();
				ended = next.last;
			}
			catch (InterruptedException ex) {
				// meant for a request that has ended
			}
		}
	}

	private void releaseUnasked() {
		try {
			this.release.run();
		}
		catch (RuntimeException ex) {
			// nobody waits for it, and the lock ends with its lease time
		}
	}

	/**
	 * Something to run, and whoever waits for it.
	 */
	private static final class Request {

		private final Callable<Boolean> task;

		private final boolean last;

		private final CompletableFuture<Boolean> answer = new CompletableFuture<>();

		private @Nullable Thread runs;

		Request(Callable<Boolean> task, boolean last) {
			this.task = task;
			this.last = last;
		}

		/** Returns what the task returned, {@code false} if it failed. */
		boolean run() {
			begin();
			try {
				boolean result = this.task.call();
				this.answer.complete(result);
				return result;
			}
			catch (Exception ex) {
				this.answer.completeExceptionally(ex);
				return false;
			}
			finally {
				end();
			}
		}

		private synchronized void begin() {
			this.runs = Thread.currentThread();
		}

		private synchronized void end() {
			this.runs = null;
			// an interrupt of this request is none of the next
			Thread.interrupted();
		}

		boolean isGivenUp() {
			return this.answer.isCancelled();
		}

		boolean await() throws LockStoreException {
			try {
				return this.answer.get();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				if (giveUp() || this.answer.isCompletedExceptionally()) {
					throw new LockStoreException("the request was given up", ex);
				}
				return this.answer.join();
			}
			catch (ExecutionException ex) {
				Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
				throw new LockStoreException(CauseText.of(cause), cause);
			}
		}

		/** Returns whether there was no answer yet, so that none counts any more. */
		private synchronized boolean giveUp() {
			boolean givenUp = this.answer.cancel(false);
			Thread thread = this.runs;
			if (givenUp && thread != null) {
				thread.interrupt();
			}
			return givenUp;
		}

	}

}

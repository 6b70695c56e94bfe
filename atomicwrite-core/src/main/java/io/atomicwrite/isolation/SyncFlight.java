package io.atomicwrite.isolation;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Syncs of files that wait for the disk together. The JDK has no call that only starts
 * one, so each waits in a thread; the threads end with the flight. Whoever needs a sync
 * that no thread has begun runs it, so that a flight of one has no thread at all. Made
 * and closed by one thread.
 */
public final class SyncFlight implements AutoCloseable {

	/** How many syncs wait at a time unless something else is asked for. */
	public static final int USUAL = 32;

	private static final int MOST = 256;

	private final Deque<Sync> queue = new ArrayDeque<>();

	private final List<Thread> threads = new ArrayList<>();

	private final int most;

	private int idle;

	private boolean closed;

	/**
	 * Creates a flight.
	 * @param inFlight how many syncs wait for the disk at a time, the caller's included
	 */
	public SyncFlight(int inFlight) {
		this.most = inFlight - 1;
	}

	/**
	 * Requires a number of syncs that a flight may have.
	 * @param inFlight the number
	 * @return the number
	 * @throws IllegalArgumentException if it is not 1 to 256
	 */
	public static int require(int inFlight) {
		if (inFlight < 1 || inFlight > MOST) {
			throw new IllegalArgumentException("syncs in flight must be 1 to " + MOST + ": " + inFlight);
		}
		return inFlight;
	}

	/**
	 * Begins a sync as soon as a thread is free.
	 * @param step does it
	 * @return the sync, which is to be awaited
	 */
	public Sync begin(Step step) {
		Sync sync = new Sync(step);
		synchronized (this.queue) {
			this.queue.add(sync);
			if (this.idle >= this.queue.size()) {
				this.queue.notify();
			}
			else if (this.threads.size() < this.most) {
				this.threads.add(DaemonCalls.start("atomicwrite-sync", this::work));
			}
		}
		return sync;
	}

	private void work() {
		for (Sync next = next(); next != null; next = next()) {
			next.run();
		}
	}

	private @Nullable Sync next() {
		synchronized (this.queue) {
			this.idle++;
			try {
				while (this.queue.isEmpty() && !this.closed) {
					this.queue.wait();
				}
				return this.queue.poll();
			}
			catch (InterruptedException ex) {
				// nobody interrupts it; what is queued is run by whoever awaits it
				return null;
			}
			finally {
				this.idle--;
			}
		}
	}

	/** Ends the threads; what was begun is awaited before. */
	@Override
	public void close() {
		synchronized (this.queue) {
			this.closed = true;
			this.queue.notifyAll();
		}
		DaemonCalls.join(this.threads, Duration.ofDays(1));
	}

	/** Does what waits for the disk. */
	@FunctionalInterface
	public interface Step {

		/**
		 * Does it.
		 * @throws IOException if it fails
		 */
		void run() throws IOException;

	}

	/** One sync. */
	public final class Sync {

		private final Step step;

		private @Nullable Throwable failure;

		private boolean done;

		private Sync(Step step) {
			this.step = step;
		}

		private void run() {
			Throwable thrown = null;
			try {
				this.step.run();
			}
			catch (Throwable ex) {
				thrown = ex;
			}
			synchronized (this) {
				this.failure = thrown;
				this.done = true;
				notifyAll();
			}
		}

		/**
		 * Waits for the end; an interrupt does not shorten the wait, and is kept.
		 * @throws IOException if the sync failed
		 */
		public void await() throws IOException {
			if (take()) {
				run();
			}
			Throwable thrown = end();
			if (thrown instanceof IOException ex) {
				throw ex;
			}
			if (thrown instanceof Error error) {
				throw error;
			}
			if (thrown != null) {
				throw new IOException(thrown);
			}
		}

		private boolean take() {
			synchronized (SyncFlight.this.queue) {
				return SyncFlight.this.queue.remove(this);
			}
		}

		private synchronized @Nullable Throwable end() {
			boolean interrupted = false;
			while (!this.done) {
				try {
					wait();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
			return this.failure;
		}

	}

}

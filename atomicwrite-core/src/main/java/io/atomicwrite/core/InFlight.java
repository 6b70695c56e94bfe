package io.atomicwrite.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.isolation.DaemonCalls;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a template that are under way, so that closing it can wait for them.
 */
final class InFlight {

	private static final Duration DISCARD = Duration.ofSeconds(2);

	private static final Duration RELEASE = Duration.ofSeconds(1);

	/** An operation may begin to wait for a lease after it was last looked at. */
	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final Set<Entry> operations = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Thread closing;

	private volatile boolean closed;

	void enter(Entry operation, Path target) {
		this.operations.add(operation);
		if (this.closed) {
			leave(operation);
			throw new IllegalStateException("the template is closed; nothing was done to " + target);
		}
	}

	void leave(Entry operation) {
		this.operations.remove(operation);
		Thread waiting = this.closing;
		if (waiting != null) {
			LockSupport.unpark(waiting);
		}
	}

	/**
	 * Refuses new operations, ends the waits for leases, waits for the operations under
	 * way, and discards what then is left.
	 */
	void close(Duration grace) {
		this.closing = Thread.currentThread();
		this.closed = true;
		this.operations.forEach(Entry::endWait);
		awaitNone(grace);
		DaemonCalls.run("atomicwrite-discard",
				this.operations.stream().<Runnable>map((operation) -> operation::discard).toList(), DISCARD);
		// another thread may be in the middle of giving back what it held
		awaitNone(RELEASE);
		this.closing = null;
	}

	private void awaitNone(Duration limit) {
		long deadline = System.nanoTime() + limit.toNanos();
		long left = limit.toNanos();
		while (!this.operations.isEmpty() && left > 0 && !Thread.currentThread().isInterrupted()) {
			this.operations.forEach(Entry::endWait);
			LockSupport.parkNanos(this, Math.min(left, LOOK_NANOS));
			left = deadline - System.nanoTime();
		}
	}

	/** An operation under way. */
	interface Entry {

		/** Ends it without a commit, if that is still possible. */
		boolean discard();

		/** Ends its wait for a lease, if it waits for one. */
		void endWait();

	}

}

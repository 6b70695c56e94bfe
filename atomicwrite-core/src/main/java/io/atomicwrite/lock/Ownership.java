package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * The lock of one target within one registry: who has it and who waits for it, in order.
 * Every field is changed only inside of the queue's atomic update of its key.
 */
final class Ownership {

	final Path target;

	final Deque<Waiter> waiters = new ArrayDeque<>();

	Thread owner;

	int holds = 1;

	Instant since;

	/** Set once the host lock is there too; until then the owner still waits. */
	volatile boolean held;

	volatile HostLocks.@Nullable Held hostLock;

	long heldFromNanos;

	Ownership(Path target, Thread owner, Instant since) {
		this.target = target;
		this.owner = owner;
		this.since = since;
	}

	/**
	 * A thread in the queue.
	 */
	static final class Waiter {

		final Thread thread;

		final Instant since;

		volatile boolean granted;

		Waiter(Thread thread, Instant since) {
			this.thread = thread;
			this.since = since;
		}

	}

}

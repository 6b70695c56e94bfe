package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * The lock of one target within one registry: who has it and who waits for it, in order.
 * Every field but the tenure is changed only inside of the queue's atomic update of its
 * key.
 */
final class Ownership {

	final Path target;

	final Deque<Waiter> waiters = new ArrayDeque<>();

	/**
	 * Set once the host lock is there too; until then the owner still waits. Whoever
	 * takes it out releases it: the last lease, or the registry when it closes.
	 */
	final AtomicReference<@Nullable Tenure> tenure = new AtomicReference<>();

	volatile Thread owner;

	int holds = 1;

	/** Since when the owner is in the queue. */
	Instant queuedSince;

	Ownership(Path target, Thread owner, Instant queuedSince) {
		this.target = target;
		this.owner = owner;
		this.queuedSince = queuedSince;
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

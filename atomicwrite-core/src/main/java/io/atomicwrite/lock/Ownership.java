package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * One lock within one registry: its owner and those who wait for it, in order. Every
 * field but the tenure is changed only inside the queue's atomic update of its key.
 */
final class Ownership {

	/** What distinguishes this lock from others: its target, unless several share it. */
	final Path key;

	final Deque<Entrant> waiters = new ArrayDeque<>();

	/**
	 * Set once the external lock is acquired too; until then the owner still waits.
	 * Whoever takes it out releases it: the last lease, or the registry when it closes.
	 */
	final AtomicReference<@Nullable Tenure> tenure = new AtomicReference<>();

	volatile Entrant owner;

	int holds = 1;

	Ownership(Path key, Entrant first) {
		this.key = key;
		this.owner = first;
	}

	/**
	 * A thread that enters the queue, and the answer it got.
	 */
	static final class Entrant {

		final Path target;

		final Thread thread;

		final Instant since;

		boolean refused;

		boolean waits;

		volatile boolean granted;

		/** Whether somebody else has ended the wait. */
		volatile boolean cancelled;

		Entrant(Path target, Thread thread, Instant since) {
			this.target = target;
			this.thread = thread;
			this.since = since;
		}

	}

}

package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.lock.ExternalLocks.RefusedException;
import io.atomicwrite.lock.LockRegistry.HeldLock;
import io.atomicwrite.lock.LockRegistry.WaitingLock;
import io.atomicwrite.lock.Ownership.Entrant;
import org.jspecify.annotations.Nullable;

/**
 * The queue of the threads of one registry: one owner for each key, first come, first
 * served. An entry lives as long as someone owns it or waits. Thread-safe.
 */
final class LockQueue {

	private final Map<Path, Ownership> entries = new ConcurrentHashMap<>();

	private final InstantSource clock;

	private volatile boolean closed;

	LockQueue(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Enters the queue and waits for ownership.
	 * @param key what distinguishes the lock from others
	 * @param target the target for which it is requested
	 * @param deadline the end of the wait
	 * @return the ownership; with more than one hold if the thread had it before
	 * @throws RefusedException if the deadline passed, the thread was interrupted or the
	 * queue was closed
	 */
	Ownership enter(Path key, Path target, Deadline deadline) throws RefusedException {
		Entrant self = new Entrant(target, Thread.currentThread(), this.clock.instant());
		@Nullable Ownership entry = this.entries.compute(key, (same, found) -> admit(same, found, self, deadline.failFast()));
		if (entry == null || self.refused) {
			throw new RefusedException(this.closed ? Reason.CLOSED : Reason.BUSY);
		}
		if (self.waits) {
			await(entry, self, deadline);
		}
		return entry;
	}

	private @Nullable Ownership admit(Path key, @Nullable Ownership found, Entrant self, boolean failFast) {
		if (this.closed && (found == null || found.owner.thread != self.thread)) {
			self.refused = true;
		}
		else if (found == null) {
			return new Ownership(key, self);
		}
		else if (found.owner.thread == self.thread && found.holds > 0) {
			found.holds++;
		}
		else if (failFast) {
			self.refused = true;
		}
		else {
			self.waits = true;
			found.waiters.add(self);
		}
		return found;
	}

	private void await(Ownership entry, Entrant self, Deadline deadline) throws RefusedException {
		boolean settled = false;
		try {
			while (!self.granted) {
				Reason reason = refusal(self, deadline);
				if (reason == null) {
					LockSupport.parkNanos(this, deadline.remainingNanos());
				}
				else if (withdraw(entry, self)) {
					settled = true;
					throw new RefusedException(reason);
				}
			}
			settled = true;
		}
		finally {
			if (!settled && !withdraw(entry, self)) {
				leave(entry, (last) -> {
				});
			}
		}
	}

	private @Nullable Reason refusal(Entrant self, Deadline deadline) {
		if (this.closed || self.cancelled) {
			return Reason.CLOSED;
		}
		if (Thread.currentThread().isInterrupted()) {
			return Reason.INTERRUPTED;
		}
		return (deadline.remainingNanos() <= 0) ? Reason.TIMEOUT : null;
	}

	/** Leaves the queue; false if ownership was granted before. */
	private boolean withdraw(Ownership entry, Entrant self) {
		boolean[] left = new boolean[1];
		this.entries.computeIfPresent(entry.key, (key, found) -> {
			left[0] = found.waiters.remove(self);
			return found;
		});
		return left[0];
	}

	/**
	 * Gives up one hold; with the last one the next in the queue owns the lock.
	 * @param last releases what must be released before the lock changes hands; the lock
	 * changes hands whatever it throws
	 */
	void leave(Ownership ownership, Consumer<Ownership> last) {
		boolean[] done = new boolean[1];
		this.entries.computeIfPresent(ownership.key, (key, found) -> {
			done[0] = --found.holds == 0;
			return found;
		});
		if (done[0]) {
			try {
				last.accept(ownership);
			}
			finally {
				this.entries.computeIfPresent(ownership.key, (key, found) -> handOver(found));
			}
		}
	}

	private @Nullable Ownership handOver(Ownership entry) {
		Entrant next = entry.waiters.poll();
		if (next == null) {
			return null;
		}
		entry.owner = next;
		entry.holds = 1;
		next.granted = true;
		LockSupport.unpark(next.thread);
		return entry;
	}

	void close() {
		this.closed = true;
		this.entries.forEach((key, entry) -> this.entries.computeIfPresent(key, (same, found) -> {
			found.waiters.forEach((waiter) -> LockSupport.unpark(waiter.thread));
			LockSupport.unpark(found.owner.thread);
			return found;
		}));
	}

	/** Ends the wait of a thread, be it for its turn or for the external lock. */
	void cancel(Thread thread) {
		forEach((entry) -> {
			if (entry.tenure.get() == null) {
				cancel(entry.owner, thread);
			}
			entry.waiters.forEach((waiter) -> cancel(waiter, thread));
		});
	}

	private static void cancel(Entrant entrant, Thread thread) {
		if (entrant.thread == thread) {
			entrant.cancelled = true;
			LockSupport.unpark(thread);
		}
	}

	/** Returns whether the wait for the external lock has been ended. */
	boolean isEnded(Ownership ownership) {
		return this.closed || ownership.owner.cancelled;
	}

	@Nullable Ownership get(Path key) {
		return this.entries.get(key);
	}

	List<Ownership> all() {
		return List.copyOf(this.entries.values());
	}

	List<HeldLock> held() {
		List<HeldLock> held = new ArrayList<>();
		forEach((entry) -> {
			Tenure tenure = entry.tenure.get();
			if (tenure != null) {
				held.add(new HeldLock(entry.owner.target, tenure.since, entry.owner.thread.getName(),
						entry.waiters.size()));
			}
		});
		return held;
	}

	List<WaitingLock> waiting() {
		List<WaitingLock> waiting = new ArrayList<>();
		forEach((entry) -> {
			if (entry.tenure.get() == null && entry.holds > 0 && !this.closed) {
				waiting.add(waiting(entry.owner));
			}
			entry.waiters.forEach((waiter) -> waiting.add(waiting(waiter)));
		});
		return waiting;
	}

	private static WaitingLock waiting(Entrant waiter) {
		return new WaitingLock(waiter.target, waiter.since, waiter.thread.getName());
	}

	private void forEach(Consumer<Ownership> action) {
		for (Path key : this.entries.keySet()) {
			this.entries.computeIfPresent(key, (same, found) -> {
				action.accept(found);
				return found;
			});
		}
	}

}

package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.atomicwrite.LockNotAcquiredException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The queue of the threads of one registry: one owner for each target, and first come,
 * first served. An entry lives as long as someone owns it or waits.
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
	 * @return the ownership; with more than one hold if the thread had it before
	 * @throws Refused if the deadline passed, the thread was interrupted or the queue was
	 * closed
	 */
	Ownership enter(Path target, Deadline deadline) throws Refused {
		Thread self = Thread.currentThread();
		Ticket ticket = new Ticket(self);
		@Nullable Ownership entry = this.entries.compute(target, (key, found) -> admit(key, found, ticket, deadline.failFast()));
		if (entry == null || ticket.refused) {
			throw new Refused(this.closed ? Reason.CLOSED : Reason.BUSY);
		}
		if (ticket.place != null) {
			await(entry, ticket.place, deadline);
		}
		return entry;
	}

	private @Nullable Ownership admit(Path target, @Nullable Ownership found, Ticket ticket, boolean failFast) {
		if (this.closed && (found == null || found.owner != ticket.thread)) {
			ticket.refused = true;
		}
		else if (found == null) {
			return new Ownership(target, ticket.thread, this.clock.instant());
		}
		else if (found.owner == ticket.thread && found.holds > 0) {
			found.holds++;
		}
		else if (failFast) {
			ticket.refused = true;
		}
		else {
			ticket.place = new Ownership.Waiter(ticket.thread, this.clock.instant());
			found.waiters.add(ticket.place);
		}
		return found;
	}

	private void await(Ownership entry, Ownership.Waiter place, Deadline deadline) throws Refused {
		boolean settled = false;
		try {
			while (!place.granted) {
				Reason reason = refusal(deadline);
				if (reason == null) {
					LockSupport.parkNanos(this, deadline.remainingNanos());
				}
				else if (withdraw(entry, place)) {
					settled = true;
					throw new Refused(reason);
				}
			}
			settled = true;
		}
		finally {
			if (!settled && !withdraw(entry, place)) {
				leave(entry, (last) -> {
				});
			}
		}
	}

	private @Nullable Reason refusal(Deadline deadline) {
		if (this.closed) {
			return Reason.CLOSED;
		}
		if (Thread.currentThread().isInterrupted()) {
			return Reason.INTERRUPTED;
		}
		return (deadline.remainingNanos() <= 0) ? Reason.TIMEOUT : null;
	}

	/** Leaves the queue; false if ownership was granted before. */
	private boolean withdraw(Ownership entry, Ownership.Waiter place) {
		boolean[] left = new boolean[1];
		this.entries.computeIfPresent(entry.target, (key, found) -> {
			left[0] = found.waiters.remove(place);
			return found;
		});
		return left[0];
	}

	/**
	 * Gives up one hold; with the last one the next in the queue owns the target.
	 * @param last is called before the target changes hands, for what must be released
	 * first; the target changes hands whatever it throws
	 */
	void leave(Ownership ownership, Consumer<Ownership> last) {
		boolean[] done = new boolean[1];
		this.entries.computeIfPresent(ownership.target, (key, found) -> {
			done[0] = --found.holds == 0;
			return found;
		});
		if (done[0]) {
			try {
				last.accept(ownership);
			}
			finally {
				this.entries.computeIfPresent(ownership.target, (key, found) -> handOver(found));
			}
		}
	}

	private @Nullable Ownership handOver(Ownership entry) {
		Ownership.Waiter next = entry.waiters.poll();
		if (next == null) {
			return null;
		}
		entry.owner = next.thread;
		entry.holds = 1;
		entry.queuedSince = next.since;
		next.granted = true;
		LockSupport.unpark(next.thread);
		return entry;
	}

	void close() {
		this.closed = true;
		this.entries.forEach((target, entry) -> this.entries.computeIfPresent(target, (key, found) -> {
			found.waiters.forEach((waiter) -> LockSupport.unpark(waiter.thread));
			LockSupport.unpark(found.owner);
			return found;
		}));
	}

	boolean isClosed() {
		return this.closed;
	}

	@Nullable Ownership get(Path target) {
		return this.entries.get(target);
	}

	List<Ownership> all() {
		return List.copyOf(this.entries.values());
	}

	List<HeldLock> held() {
		List<HeldLock> held = new ArrayList<>();
		forEach((entry) -> {
			Tenure tenure = entry.tenure.get();
			if (tenure != null) {
				held.add(new HeldLock(entry.target, tenure.since, entry.owner.getName(), entry.waiters.size()));
			}
		});
		return held;
	}

	List<WaitingLock> waiting() {
		List<WaitingLock> waiting = new ArrayList<>();
		forEach((entry) -> {
			if (entry.tenure.get() == null && entry.holds > 0 && !this.closed) {
				waiting.add(new WaitingLock(entry.target, entry.queuedSince, entry.owner.getName()));
			}
			entry.waiters
				.forEach((waiter) -> waiting.add(new WaitingLock(entry.target, waiter.since, waiter.thread.getName())));
		});
		return waiting;
	}

	private void forEach(Consumer<Ownership> action) {
		for (Path target : this.entries.keySet()) {
			this.entries.computeIfPresent(target, (key, found) -> {
				action.accept(found);
				return found;
			});
		}
	}

	/**
	 * What became of one call of {@link #enter}.
	 */
	private static final class Ticket {

		final Thread thread;

		boolean refused;

		Ownership.@Nullable Waiter place;

		Ticket(Thread thread) {
			this.thread = thread;
		}

	}

	/**
	 * The queue was left without ownership.
	 */
	static final class Refused extends Exception {

		private static final long serialVersionUID = 1L;

		private final Reason reason;

		Refused(Reason reason) {
			super(reason.name(), null, false, false);
			this.reason = reason;
		}

		Reason reason() {
			return this.reason;
		}

	}

}

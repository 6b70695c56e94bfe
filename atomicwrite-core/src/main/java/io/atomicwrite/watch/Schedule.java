package io.atomicwrite.watch;

import java.time.Duration;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Which file is to be looked at next, and when. A file is looked at by one thread at a
 * time. Thread-safe.
 */
final class Schedule {

	/** The shortest time between two looks at a file because of events. */
	static final long REST_NANOS = Duration.ofMillis(20).toNanos();

	private static final Comparator<Task> BY_DUE = Comparator.<Task>comparingLong((task) -> task.due)
		.thenComparingLong((task) -> task.number);

	private final LongSupplier clock;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final NavigableSet<Task> urgent = new TreeSet<>(BY_DUE);

	private final NavigableSet<Task> polls = new TreeSet<>(BY_DUE);

	private long tasks;

	private boolean closed;

	Schedule(LongSupplier clock) {
		this.clock = clock;
	}

	Task create(Task.Subject subject) {
		this.lock.lock();
		try {
			return new Task(subject, this.tasks++);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Asks for a look soon. */
	void request(Task task, boolean hinted) {
		this.lock.lock();
		try {
			task.hinted |= hinted;
			long at = Math.max(this.clock.getAsLong(), task.restUntil);
			if (at < task.due || !task.urgent) {
				move(task, Math.min(at, task.due), true);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void move(Task task, long due, boolean isUrgent) {
		remove(task);
		task.due = due;
		task.urgent = isUrgent;
		if (!task.running && due != Task.NEVER && !this.closed) {
			(isUrgent ? this.urgent : this.polls).add(task);
			this.changed.signalAll();
		}
	}

	private void remove(Task task) {
		(task.urgent ? this.urgent : this.polls).remove(task);
	}

	/** Waits for the next look that is due, or returns {@code null} when closed. */
	@Nullable Task take() throws InterruptedException {
		this.lock.lock();
		try {
			while (!this.closed) {
				Task task = poll();
				if (task != null) {
					return task;
				}
				long due = Math.min(first(this.urgent), first(this.polls));
				if (due == Task.NEVER) {
					this.changed.await();
				}
				else {
					this.changed.await(due - this.clock.getAsLong(), TimeUnit.NANOSECONDS);
				}
			}
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns the next look if one is due. */
	@Nullable Task poll() {
		this.lock.lock();
		try {
			long now = this.clock.getAsLong();
			Task task = (first(this.urgent) <= now) ? this.urgent.first()
					: (first(this.polls) <= now) ? this.polls.first() : null;
			if (task != null) {
				remove(task);
				task.running = true;
				task.due = Task.NEVER;
				task.urgent = false;
			}
			return task;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether an event has led to a look that begins now. */
	boolean begin(Task task) {
		this.lock.lock();
		try {
			boolean hinted = task.hinted;
			task.hinted = false;
			return hinted;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Notes the end of a look. */
	void done(Task task, Task.Next next) {
		this.lock.lock();
		try {
			task.running = false;
			task.restUntil = this.clock.getAsLong() + REST_NANOS;
			// what was requested meanwhile
			boolean requested = task.due != Task.NEVER;
			long due = requested ? Math.min(task.restUntil, next.at()) : next.at();
			move(task, due, requested || next.urgent());
		}
		finally {
			this.lock.unlock();
		}
	}

	/** When the next look is due. */
	long next() {
		this.lock.lock();
		try {
			return Math.min(first(this.urgent), first(this.polls));
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The number of files that wait for a look. */
	int size() {
		this.lock.lock();
		try {
			return this.urgent.size() + this.polls.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.urgent.clear();
			this.polls.clear();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private static long first(NavigableSet<Task> set) {
		return set.isEmpty() ? Task.NEVER : set.first().due;
	}

}

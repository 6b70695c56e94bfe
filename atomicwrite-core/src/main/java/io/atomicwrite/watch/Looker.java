package io.atomicwrite.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Makes the looks that are due, in one thread. If one does not end, the looker is
 * retired: it ends with that look, and another goes on with the other files.
 */
final class Looker implements Runnable {

	/** A look that takes longer counts as one that may never end. */
	static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

	private static final long IDLE = Task.NEVER;

	private final Schedule schedule;

	private final SilentMounts silent;

	private final TouchingFiles files;

	private final LongSupplier clock;

	private long busySince = IDLE;

	private boolean retired;

	private @Nullable Path silentMount;

	Looker(Schedule schedule, SilentMounts silent, TouchingFiles files, LongSupplier clock) {
		this.schedule = schedule;
		this.silent = silent;
		this.files = files;
		this.clock = clock;
	}

	@Override
	public void run() {
		while (!isRetired()) {
			try {
				Task task = this.schedule.take();
				if (task == null) {
					return;
				}
				look(task);
			}
			catch (InterruptedException ex) {
				// a listener has interrupted its own thread
			}
		}
	}

	/** Makes one look. */
	void look(Task task) {
		busy(this.clock.getAsLong());
		Task.Next next = new Task.Next(this.clock.getAsLong() + PATIENCE_NANOS, false);
		try {
			next = task.subject.look(this.files, this.schedule.begin(task));
		}
		catch (Throwable ex) {
			// a look that fails in a way that nobody thought of is made again
		}
		finally {
			idle();
			this.schedule.done(task, next);
			// left by a listener: the next look must not be ended by it
			Thread.interrupted();
		}
	}

	private synchronized void busy(long since) {
		this.busySince = since;
	}

	private synchronized void idle() {
		this.busySince = IDLE;
		if (this.silentMount != null) {
			this.silent.answered(this.silentMount);
			this.silentMount = null;
		}
	}

	synchronized boolean isRetired() {
		return this.retired;
	}

	/**
	 * Retires this looker if its look takes too long.
	 * @return what it waits for; {@link Verdict#FINE} if it does not
	 */
	synchronized Verdict judge() {
		if (this.retired || this.busySince == IDLE || this.clock.getAsLong() - this.busySince < PATIENCE_NANOS) {
			return Verdict.FINE;
		}
		this.retired = true;
		TouchingFiles.Touch touch = this.files.touch();
		if (touch == null) {
			return Verdict.LATE;
		}
		this.silentMount = this.silent.silent(touch.path());
		return touch.registration() ? Verdict.LATE_REGISTRATION : Verdict.LATE;
	}

	/**
	 * What a looker is doing.
	 */
	enum Verdict {

		/** It does its work. */
		FINE,

		/** It waits for a filesystem or a listener, and has been retired. */
		LATE,

		/** It waits for the source of events, and has been retired. */
		LATE_REGISTRATION

	}

}

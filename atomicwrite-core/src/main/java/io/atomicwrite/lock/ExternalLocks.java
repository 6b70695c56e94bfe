package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.Remedy;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.IoErrors;

/**
 * What excludes those who do not share a registry: a lock file, a row of a database, a
 * key of a coordination service. Made a registry by
 * {@link LockRegistry#queueing(ExternalLocks, io.atomicwrite.fs.FileOps, java.time.InstantSource, java.util.List)},
 * which adds what all registries have in common: the queue of threads, re-entrancy,
 * deadlines and listeners.
 *
 * <p>
 * An implementation is safe for use by several threads. For each {@link #key key} it is
 * asked by one thread at a time, the head of the queue, and not again before the lock is
 * released. Targets are given by their canonical path, without links.
 */
public interface ExternalLocks {

	/**
	 * Returns whom a lock excludes.
	 * @return the scope
	 */
	LockScope scope();

	/**
	 * Returns whether the lock file beside the target is locked as long as a lock is
	 * held, see {@link LockRegistry#leaseMarksWriter()}.
	 * @return whether a lock marks its writer as alive
	 */
	default boolean leaseMarksWriter() {
		return false;
	}

	/**
	 * Returns what distinguishes the lock of a target from others. Threads of one
	 * registry queue for each key, and a thread that holds the lock of a key has it for
	 * all targets of that key.
	 * @param target the target
	 * @return the key, usually the target itself
	 */
	default Path key(Path target) {
		return target;
	}

	/**
	 * Acquires the lock of a target. One that is busy is tried again after a
	 * {@linkplain Wait#pause pause}, until the pause ends the wait.
	 * @param target the target
	 * @param wait how long to wait
	 * @return the lock
	 * @throws RefusedException if the lock was not acquired, with the reason
	 * @throws IOException if the lock can't be used
	 */
	Held acquire(Path target, Wait wait) throws RefusedException, IOException;

	/**
	 * Returns what is known of the lock of a target, without disturbing its holder. Not
	 * called for a lock that is held through the same registry.
	 * @param target the target
	 * @return what is known; a lock that can't be looked at counts as held
	 */
	LockInfo inspect(Path target);

	/**
	 * Returns what to do about an error of {@link #acquire}.
	 * @param error the error
	 * @return the remedy
	 */
	default Remedy remedy(IOException error) {
		return Remedy.of(WritePhase.LOCK, IoErrors.classify(error));
	}

	/**
	 * Returns the calls that end what is kept beyond the release of locks, such as open
	 * files. Made when the registry is closed; each may hang without delay to the others.
	 * @return the calls
	 */
	default List<Runnable> endings() {
		return List.of();
	}

	/**
	 * A lock that was acquired. Safe for use by several threads.
	 */
	interface Held {

		/**
		 * Returns why the lock is no longer held, as far as can be found out.
		 * @return the reason as a part of a message, or empty if it is held
		 * @throws IOException if that can't be found out
		 */
		Optional<String> loss() throws IOException;

		/**
		 * Returns the kind of the loss that {@link #loss} has found.
		 * @return the kind
		 */
		default LockLostException.Reason reason() {
			return LockLostException.Reason.TAKEN;
		}

		/**
		 * Releases the lock. Called once.
		 * @throws IOException if something of it is left over; it is reported to
		 * listeners, and counts as released
		 */
		void release() throws IOException;

	}

	/**
	 * The wait for one lock, as one thread sees it.
	 */
	final class Wait {

		private final Deadline deadline;

		private final BooleanSupplier closed;

		Wait(Deadline deadline, BooleanSupplier closed) {
			this.deadline = deadline;
			this.closed = closed;
		}

		/**
		 * Returns whether the request is to fail at once if the lock is busy.
		 * @return whether there is no wait
		 */
		public boolean failFast() {
			return this.deadline.failFast();
		}

		/**
		 * Returns how much of the wait is left.
		 * @return the time until the deadline, negative after it; about 292 years for a
		 * request without one
		 */
		public Duration remaining() {
			return Duration.ofNanos(remainingNanos());
		}

		/**
		 * Pauses the thread between two attempts, until the deadline at the latest.
		 * @param longest the longest pause
		 * @throws RefusedException if the wait is over: the request does not wait, its
		 * deadline has passed, the thread is interrupted, or the registry is closed
		 */
		public void pause(Duration longest) throws RefusedException {
			refuseIfEnded();
			if (failFast() || remainingNanos() <= 0) {
				throw new RefusedException(failFast() ? Reason.BUSY : Reason.TIMEOUT);
			}
			LockSupport.parkNanos(this, Math.min(longest.toNanos(), remainingNanos()));
		}

		long remainingNanos() {
			return this.deadline.remainingNanos();
		}

		void refuseIfEnded() throws RefusedException {
			if (this.closed.getAsBoolean()) {
				throw new RefusedException(Reason.CLOSED);
			}
			if (Thread.currentThread().isInterrupted()) {
				throw new RefusedException(Reason.INTERRUPTED);
			}
		}

	}

	/**
	 * The lock was not acquired. Has no stack trace: it is an answer more than a failure.
	 */
	final class RefusedException extends Exception {

		private static final long serialVersionUID = 1L;

		private final Reason reason;

		/**
		 * Creates the exception.
		 * @param reason why the lock was not acquired
		 */
		public RefusedException(Reason reason) {
			super(reason.name(), null, false, false);
			this.reason = reason;
		}

		/**
		 * Returns why the lock was not acquired.
		 * @return the reason
		 */
		public Reason reason() {
			return this.reason;
		}

	}

}

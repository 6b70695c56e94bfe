package io.atomicwrite;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The lease of a target could not be had, so nothing was written.
 */
public final class LockNotAcquiredException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	private final Wait wait;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#NOT_COMMITTED}.
	 * @param target the target
	 * @param reason why the lease could not be had
	 * @param wait how long was waited, and for whom
	 * @param problem what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public LockNotAcquiredException(Path target, Reason reason, Wait wait, Problem problem, @Nullable Throwable cause) {
		super(target, WritePhase.LOCK, WriteOutcome.NOT_COMMITTED, problem, cause);
		this.reason = reason;
		this.wait = wait;
	}

	/**
	 * Returns why the lease could not be had.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * Returns how long was waited for the lease.
	 * @return the time waited
	 */
	public Duration waited() {
		return this.wait.waited();
	}

	/**
	 * Returns how long the request allowed to wait.
	 * @return the limit, empty if it was to wait forever
	 */
	public Optional<Duration> limit() {
		return Optional.ofNullable(this.wait.limit());
	}

	/**
	 * Returns who held the lock when this was thrown.
	 * @return the holder, empty where the failure is not that someone holds it
	 */
	public Optional<LockHolder> holder() {
		return Optional.ofNullable(this.wait.holder());
	}

	/**
	 * A wait that ended without the lease.
	 *
	 * @param waited how long was waited
	 * @param limit how long the request allowed to wait, or {@code null} for forever
	 * @param holder who held the lock, or {@code null} if nobody is known to have
	 */
	public record Wait(Duration waited, @Nullable Duration limit, @Nullable LockHolder holder) implements Serializable {
	}

	/**
	 * Why a lease could not be had.
	 */
	public enum Reason {

		/**
		 * Someone else holds it, and the request was to fail at once.
		 */
		BUSY,

		/**
		 * Someone else held it for as long as the request allowed to wait.
		 */
		TIMEOUT,

		/**
		 * The waiting thread was interrupted; its interrupt flag is set.
		 */
		INTERRUPTED,

		/**
		 * The waiting thread itself holds the lock through another registry, so that the
		 * wait could never end.
		 */
		SELF_DEADLOCK,

		/**
		 * The registry is closed.
		 */
		CLOSED,

		/**
		 * The lock file can't be used: not permitted, not a regular file, an I/O error.
		 */
		FAILED

	}

}

package io.atomicwrite;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The lease of a target could not be had, so nothing was written.
 */
public final class LockNotAcquiredException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	private final Duration waited;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#NOT_COMMITTED}.
	 * @param target the target
	 * @param reason why the lease could not be had
	 * @param waited how long was waited
	 * @param message what happened and what to do, without the name of the file
	 * @param cause the cause, if there is one
	 */
	public LockNotAcquiredException(Path target, Reason reason, Duration waited, String message,
			@Nullable Throwable cause) {
		super(target, WritePhase.LOCK, WriteOutcome.NOT_COMMITTED, message, cause);
		this.reason = reason;
		this.waited = waited;
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
		return this.waited;
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

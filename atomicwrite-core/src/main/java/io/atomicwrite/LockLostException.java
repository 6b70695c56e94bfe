package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The lease was no longer held when the commit was due. As a rule nothing was committed,
 * see {@link #outcome()}. Of a lock on a lock file: another part of this JVM opened and
 * closed the lock file (POSIX then drops the lock, see {@code fcntl(2)}), or something
 * deleted or replaced it. Of a lock of several hosts: this process was suspended or cut
 * off for longer than its lease time, or the lock store did not answer.
 */
public final class LockLostException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	/**
	 * Creates the exception; the reason is {@link Reason#TAKEN}, and the outcome is
	 * {@link WriteOutcome#NOT_COMMITTED}.
	 * @param target the target
	 * @param phase the phase that failed, or {@code null} outside of a write
	 * @param problem what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public LockLostException(Path target, @Nullable WritePhase phase, Problem problem, @Nullable Throwable cause) {
		this(target, phase, WriteOutcome.NOT_COMMITTED, Reason.TAKEN, problem, cause);
	}

	/**
	 * Creates the exception.
	 * @param target the target
	 * @param phase the phase that failed, or {@code null} outside of a write
	 * @param outcome whether the change was committed
	 * @param reason why the lease was lost
	 * @param problem what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public LockLostException(Path target, @Nullable WritePhase phase, WriteOutcome outcome, Reason reason,
			Problem problem, @Nullable Throwable cause) {
		super(target, phase, outcome, problem, cause);
		this.reason = reason;
	}

	/**
	 * Returns why the lease was lost.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * Why a lease was lost.
	 */
	public enum Reason {

		/**
		 * The lease was closed, or its registry.
		 */
		CLOSED,

		/**
		 * Others may have the lock: its lock file was replaced, or the lock store has
		 * given it to another.
		 */
		TAKEN,

		/**
		 * The lease time has passed without a renewal.
		 */
		EXPIRED,

		/**
		 * It could not be found out whether the lock is held.
		 */
		NO_ANSWER,

		/**
		 * Another writer got the lock and deleted the staging file, so that the commit
		 * failed.
		 */
		REVOKED

	}

}

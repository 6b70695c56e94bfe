package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The lease was no longer held when the commit was due, so nothing was committed. Another
 * part of this JVM opened and closed the lock file (POSIX then drops the lock, see
 * {@code fcntl(2)}), or something deleted or replaced the lock file.
 */
public final class LockLostException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#NOT_COMMITTED}.
	 * @param target the target
	 * @param phase the phase that failed, or {@code null} outside of a write
	 * @param problem what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public LockLostException(Path target, @Nullable WritePhase phase, Problem problem, @Nullable Throwable cause) {
		super(target, phase, WriteOutcome.NOT_COMMITTED, problem, cause);
	}

}

package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A move would cross from one filesystem to another, where no rename is atomic. Nothing
 * was moved, whatever the safety policy.
 */
public final class CrossDeviceException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#NOT_COMMITTED}.
	 * @param target the target
	 * @param phase the phase that failed, or {@code null} outside of a write
	 * @param problem what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public CrossDeviceException(Path target, @Nullable WritePhase phase, Problem problem, @Nullable Throwable cause) {
		super(target, phase, WriteOutcome.NOT_COMMITTED, problem, cause);
	}

}

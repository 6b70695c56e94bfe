package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The write was not to overwrite, and the target exists.
 */
public final class TargetExistsException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#NOT_COMMITTED}.
	 * @param target the target
	 * @param phase the phase that failed, or {@code null} outside of a write
	 * @param message what happened and what to do, without the name of the file
	 * @param cause the cause, if there is one
	 */
	public TargetExistsException(Path target, @Nullable WritePhase phase, String message, @Nullable Throwable cause) {
		super(target, phase, WriteOutcome.NOT_COMMITTED, message, cause);
	}

}

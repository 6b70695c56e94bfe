package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A value could not be encoded or the content could not be decoded. No file was touched.
 */
public non-sealed class FormatException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#NOT_COMMITTED}.
	 * @param target the target
	 * @param phase the phase that failed, or {@code null} outside of a write
	 * @param problem what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public FormatException(Path target, @Nullable WritePhase phase, Problem problem, @Nullable Throwable cause) {
		super(target, phase, WriteOutcome.NOT_COMMITTED, problem, cause);
	}

}

package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A write failed, by an I/O error in one of its phases. {@link #outcome()} says whether
 * the commit happened; {@link Problem#error()} classifies the error.
 */
public final class WriteFailedException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param target the target
	 * @param phase the phase that failed
	 * @param outcome what is known of the target now
	 * @param problem what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public WriteFailedException(Path target, WritePhase phase, WriteOutcome outcome, Problem problem,
			@Nullable Throwable cause) {
		super(target, phase, outcome, problem, cause);
	}

}

package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A write failed, by an I/O error in one of its phases. Whether the commit happened is
 * told by {@link #outcome()}: before the commit nothing did.
 */
public final class WriteFailedException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param target the target
	 * @param phase the phase that failed
	 * @param outcome what is known of the target now
	 * @param message what happened and what to do, without the name of the file
	 * @param cause the cause, if there is one
	 */
	public WriteFailedException(Path target, WritePhase phase, WriteOutcome outcome, String message,
			@Nullable Throwable cause) {
		super(target, phase, outcome, message, cause);
	}

}

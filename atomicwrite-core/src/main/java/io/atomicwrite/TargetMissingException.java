package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * There is no file to read: neither the file itself nor, where links lead to it, their
 * end exists.
 */
public final class TargetMissingException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#NOT_COMMITTED}.
	 * @param file the file
	 * @param problem what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public TargetMissingException(Path file, Problem problem, @Nullable Throwable cause) {
		super(file, null, WriteOutcome.NOT_COMMITTED, problem, cause);
	}

}

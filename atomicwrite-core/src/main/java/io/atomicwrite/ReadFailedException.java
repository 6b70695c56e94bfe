package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A file or a directory could not be read: it is not permitted, it is not a regular file,
 * or the operating system reported an I/O error. Nothing was changed. A file that does
 * not exist is a {@link TargetMissingException}.
 */
public final class ReadFailedException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#NOT_COMMITTED}.
	 * @param file the file
	 * @param problem what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public ReadFailedException(Path file, Problem problem, @Nullable Throwable cause) {
		super(file, null, WriteOutcome.NOT_COMMITTED, problem, cause);
	}

}

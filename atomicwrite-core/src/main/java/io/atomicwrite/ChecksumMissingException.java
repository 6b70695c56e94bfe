package io.atomicwrite;

import java.nio.file.Path;

/**
 * A file has no checksum to verify it by.
 */
public final class ChecksumMissingException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param file the file
	 * @param summary what was looked for
	 */
	public ChecksumMissingException(Path file, String summary) {
		super(file, null, WriteOutcome.NOT_COMMITTED, Problem.of(summary, Remedy.KEEP_CHECKSUM), null);
	}

}

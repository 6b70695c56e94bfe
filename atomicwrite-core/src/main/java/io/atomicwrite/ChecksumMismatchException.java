package io.atomicwrite;

import java.nio.file.Path;

/**
 * A file does not have the checksum that was written with it: a byte changed since, or
 * something else than this library wrote it.
 */
public final class ChecksumMismatchException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	private final String expected;

	private final String found;

	/**
	 * Creates the exception.
	 * @param file the file
	 * @param location where the expected checksum stands
	 * @param expected the checksum that the file should have
	 * @param found the checksum that it has
	 */
	public ChecksumMismatchException(Path file, Path location, String expected, String found) {
		super(file, null, WriteOutcome.NOT_COMMITTED, Problem
			.of("its content has the checksum " + found + " but " + location + " says " + expected
					+ ": it was changed or damaged since it was written, perhaps edited by hand", Remedy.RESTORE)
			.at(location), null);
		this.expected = expected;
		this.found = found;
	}

	/**
	 * Returns the checksum that the file should have.
	 * @return the checksum in hexadecimal digits
	 */
	public String expected() {
		return this.expected;
	}

	/**
	 * Returns the checksum that the file has.
	 * @return the checksum in hexadecimal digits
	 */
	public String found() {
		return this.found;
	}

}

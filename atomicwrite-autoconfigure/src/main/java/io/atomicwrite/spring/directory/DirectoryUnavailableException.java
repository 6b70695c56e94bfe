package io.atomicwrite.spring.directory;

import java.io.IOException;

import io.atomicwrite.fs.IoErrors;

/**
 * Thrown when a managed directory is missing and can't be created, or can't be read.
 */
public final class DirectoryUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient ManagedDirectory directory;

	private final String reason;

	/**
	 * Creates the exception.
	 * @param directory the directory
	 * @param cause the I/O error
	 */
	public DirectoryUnavailableException(ManagedDirectory directory, IOException cause) {
		super("Managed directory '" + directory.name() + "' (" + directory.path() + ") is not available: "
				+ IoErrors.text(cause), cause);
		this.directory = directory;
		this.reason = IoErrors.text(cause);
	}

	/**
	 * Returns the directory.
	 * @return the directory
	 */
	public ManagedDirectory directory() {
		return this.directory;
	}

	/**
	 * Returns why it is not available.
	 * @return the reason, from the operating system
	 */
	public String reason() {
		return this.reason;
	}

}

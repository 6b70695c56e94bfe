package io.atomicwrite.spring.directory;

import java.io.IOException;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.fs.IoErrors;

/**
 * Thrown when a managed directory is missing and can't be created, or can't be read.
 */
public final class DirectoryUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient ManagedDirectory directory;

	private final String reason;

	private final IoErrorKind error;

	/**
	 * Creates the exception.
	 * @param directory the directory
	 * @param cause the I/O error
	 */
	public DirectoryUnavailableException(ManagedDirectory directory, IOException cause) {
		super("Managed directory " + directory.label() + " is not available: " + IoErrors.text(cause), cause);
		this.directory = directory;
		this.reason = IoErrors.text(cause);
		this.error = IoErrors.classify(cause);
	}

	/**
	 * Returns the directory.
	 * @return the directory
	 */
	public ManagedDirectory directory() {
		return this.directory;
	}

	/**
	 * Returns what kind of error it was.
	 * @return the kind
	 */
	public IoErrorKind error() {
		return this.error;
	}

	/**
	 * Returns why it is not available.
	 * @return the reason, from the operating system
	 */
	public String reason() {
		return this.reason;
	}

}

package io.atomicwrite.spring.directory;

import java.time.Duration;

/**
 * Thrown when a managed directory does not answer while the application starts.
 */
public final class DirectoryNotAnsweringException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient ManagedDirectory directory;

	private final Duration waited;

	/**
	 * Creates the exception.
	 * @param directory the directory
	 * @param waited how long the start waited for it
	 */
	public DirectoryNotAnsweringException(ManagedDirectory directory, Duration waited) {
		super("Managed directory " + directory.label() + " did not answer for " + Answer.text(waited));
		this.directory = directory;
		this.waited = waited;
	}

	/**
	 * Returns the directory.
	 * @return the directory
	 */
	public ManagedDirectory directory() {
		return this.directory;
	}

	/**
	 * Returns how long the start waited for it.
	 * @return the time
	 */
	public Duration waited() {
		return this.waited;
	}

}

package io.atomicwrite.spring.directory;

/**
 * Thrown when a managed directory exists, but this user may not create files in it.
 */
public final class DirectoryNotWritableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient ManagedDirectory directory;

	/**
	 * Creates the exception.
	 * @param directory the directory
	 */
	public DirectoryNotWritableException(ManagedDirectory directory) {
		super("Managed directory " + directory.label() + " is not writable");
		this.directory = directory;
	}

	/**
	 * Returns the directory.
	 * @return the directory
	 */
	public ManagedDirectory directory() {
		return this.directory;
	}

}

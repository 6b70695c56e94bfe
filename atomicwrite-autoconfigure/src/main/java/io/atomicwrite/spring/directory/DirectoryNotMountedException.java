package io.atomicwrite.spring.directory;

/**
 * Thrown when a managed directory requires a mount, but is on the filesystem of the root
 * directory.
 */
public final class DirectoryNotMountedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient ManagedDirectory directory;

	private final String filesystem;

	/**
	 * Creates the exception.
	 * @param directory the directory
	 * @param filesystem the filesystem that it is on
	 */
	public DirectoryNotMountedException(ManagedDirectory directory, String filesystem) {
		super("Managed directory " + directory.label() + " requires a mount, but is on " + filesystem);
		this.directory = directory;
		this.filesystem = filesystem;
	}

	/**
	 * Returns the directory.
	 * @return the directory
	 */
	public ManagedDirectory directory() {
		return this.directory;
	}

	/**
	 * Returns the filesystem that it is on.
	 * @return its type, source and mount point
	 */
	public String filesystem() {
		return this.filesystem;
	}

}

package io.atomicwrite.spring.directory;

import java.util.List;

import io.atomicwrite.doctor.Finding;
import io.atomicwrite.guarantee.Filesystem;

/**
 * Thrown when the startup probe of a managed directory finds an error.
 */
public final class DirectoryProbeFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient ManagedDirectory directory;

	private final transient Filesystem filesystem;

	private final transient List<Finding> findings;

	/**
	 * Creates the exception.
	 * @param directory the directory
	 * @param filesystem its filesystem
	 * @param findings the errors
	 */
	public DirectoryProbeFailedException(ManagedDirectory directory, Filesystem filesystem, List<Finding> findings) {
		super("Managed directory " + directory.label() + " on " + filesystem.type() + ": " + findings);
		this.directory = directory;
		this.filesystem = filesystem;
		this.findings = List.copyOf(findings);
	}

	/**
	 * Returns the directory.
	 * @return the directory
	 */
	public ManagedDirectory directory() {
		return this.directory;
	}

	/**
	 * Returns the filesystem of the directory.
	 * @return the filesystem
	 */
	public Filesystem filesystem() {
		return this.filesystem;
	}

	/**
	 * Returns the errors that the probe found.
	 * @return the findings
	 */
	public List<Finding> findings() {
		return this.findings;
	}

}

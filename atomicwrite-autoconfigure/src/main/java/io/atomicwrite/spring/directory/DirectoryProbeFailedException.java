package io.atomicwrite.spring.directory;

import java.util.List;

import io.atomicwrite.doctor.Finding;
import io.atomicwrite.guarantee.Filesystem;

/**
 * A managed directory did something else than a write needs when that was tried out.
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
	 * @param findings what is wrong with it
	 */
	public DirectoryProbeFailedException(ManagedDirectory directory, Filesystem filesystem, List<Finding> findings) {
		super("Managed directory '" + directory.name() + "' (" + directory.path() + ") on " + filesystem.type() + ": "
				+ findings);
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
	 * Returns what is wrong with the directory.
	 * @return the findings
	 */
	public List<Finding> findings() {
		return this.findings;
	}

}

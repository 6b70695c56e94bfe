package io.atomicwrite.spring.directory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.springframework.util.StringUtils;

/**
 * Thrown when a managed directory does not answer while the application starts.
 */
public final class DirectoryNotAnsweringException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient ManagedDirectory directory;

	private final transient Optional<Path> backups;

	private final Duration waited;

	/**
	 * Creates the exception.
	 * @param directory the directory
	 * @param backups the directory of its backups, if that is what does not answer
	 * @param waited how long the start waited for it
	 */
	DirectoryNotAnsweringException(ManagedDirectory directory, Optional<Path> backups, Duration waited) {
		super(StringUtils.capitalize(about(directory, backups)) + " did not answer for " + Answer.text(waited));
		this.directory = directory;
		this.backups = backups;
		this.waited = waited;
	}

	static String about(ManagedDirectory directory, Optional<Path> backups) {
		String managed = "managed directory " + directory.label();
		return backups.map((path) -> "the backup directory " + path + " of " + managed).orElse(managed);
	}

	/**
	 * Returns the directory.
	 * @return the directory
	 */
	public ManagedDirectory directory() {
		return this.directory;
	}

	/**
	 * Returns the directory of the backups.
	 * @return its path, empty if it is the managed directory that does not answer
	 */
	public Optional<Path> backups() {
		return this.backups;
	}

	/**
	 * Returns how long the start waited for it.
	 * @return the time
	 */
	public Duration waited() {
		return this.waited;
	}

}

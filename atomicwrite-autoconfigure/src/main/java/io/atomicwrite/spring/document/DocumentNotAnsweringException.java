package io.atomicwrite.spring.document;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Thrown when the file of a document does not answer while the document is opened.
 */
public final class DocumentNotAnsweringException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final transient Path path;

	private final Duration waited;

	DocumentNotAnsweringException(String name, Path path, Duration waited, String text) {
		super("Document '" + name + "' (" + path + ") did not answer for " + text);
		this.name = name;
		this.path = path;
		this.waited = waited;
	}

	/**
	 * Returns the name.
	 * @return the name of the document
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the path.
	 * @return the path of its file
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Returns how long the file was waited for.
	 * @return the time
	 */
	public Duration waited() {
		return this.waited;
	}

}

package io.atomicwrite.spring.document;

import java.util.List;

/**
 * A document is opened by a name for which no path is configured.
 */
public final class DocumentNotConfiguredException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final boolean known;

	private final List<String> names;

	DocumentNotConfiguredException(String name, boolean known, List<String> names) {
		super("the document '" + name + "' has no path: set " + DocumentsProperties.property(name, "path"));
		this.name = name;
		this.known = known;
		this.names = List.copyOf(names);
	}

	/**
	 * Returns the name.
	 * @return the name of the document
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns whether there are other properties of the document.
	 * @return {@code false} if the name may be misspelled
	 */
	public boolean isKnown() {
		return this.known;
	}

	/**
	 * Returns the names for which there are properties.
	 * @return the names, sorted
	 */
	public List<String> names() {
		return this.names;
	}

}

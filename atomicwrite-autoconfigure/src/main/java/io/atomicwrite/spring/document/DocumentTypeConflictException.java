package io.atomicwrite.spring.document;

/**
 * A document is opened a second time with another type or other options.
 */
public final class DocumentTypeConflictException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final String first;

	private final String second;

	DocumentTypeConflictException(String name, String first, String second) {
		super("the document '" + name + "' is open as " + first + " and can't be opened as " + second + ", too");
		this.name = name;
		this.first = first;
		this.second = second;
	}

	/**
	 * Returns the name.
	 * @return the name of the document
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the type of the document that is open.
	 * @return the name of the type
	 */
	public String first() {
		return this.first;
	}

	/**
	 * Returns the other type.
	 * @return the name of the type
	 */
	public String second() {
		return this.second;
	}

}

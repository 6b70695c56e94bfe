package io.atomicwrite.spring.publication;

import java.util.Collection;
import java.util.List;

/**
 * A publication is wanted by a name that has no properties, or its properties do not say
 * where it is.
 */
public final class PublicationNotConfiguredException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final boolean known;

	private final List<String> names;

	private PublicationNotConfiguredException(String message, String name, boolean known, Collection<String> names) {
		super(message);
		this.name = name;
		this.known = known;
		this.names = List.copyOf(names);
	}

	/**
	 * Creates the exception for a name that no publication has.
	 * @param name the name
	 * @param names the names of all publications
	 * @return the exception
	 */
	public static PublicationNotConfiguredException unknown(String name, Collection<String> names) {
		String known = names.isEmpty() ? "there are no publications"
				: "the publications are " + String.join(", ", names);
		return new PublicationNotConfiguredException("there is no publication '" + name + "'; " + known, name, false,
				names);
	}

	/**
	 * Creates the exception for a publication whose properties have both a path and a
	 * managed directory, or neither.
	 * @param name the name
	 * @return the exception
	 */
	public static PublicationNotConfiguredException withoutPlace(String name) {
		String prefix = "atomicwrite.publications." + name;
		return new PublicationNotConfiguredException("the publication '" + name + "' needs either " + prefix
				+ ".path or " + prefix + ".directory, and not both", name, true, List.of());
	}

	/**
	 * Returns the name.
	 * @return the name of the publication
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns whether there are properties of the publication.
	 * @return {@code false} if the name may be misspelled
	 */
	public boolean isKnown() {
		return this.known;
	}

	/**
	 * Returns the names of all publications.
	 * @return the names, in the order of the configuration
	 */
	public List<String> names() {
		return this.names;
	}

}

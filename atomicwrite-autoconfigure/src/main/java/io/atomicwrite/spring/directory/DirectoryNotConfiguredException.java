package io.atomicwrite.spring.directory;

import java.util.Collection;
import java.util.List;

/**
 * A managed directory is asked for by a name that none has, or has properties but no
 * path.
 */
public final class DirectoryNotConfiguredException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final boolean known;

	private final List<String> names;

	private DirectoryNotConfiguredException(String message, String name, boolean known, List<String> names) {
		super(message);
		this.name = name;
		this.known = known;
		this.names = names;
	}

	/**
	 * Creates the exception for a name that no managed directory has.
	 * @param name the name
	 * @param names the names of all managed directories
	 * @return the exception
	 */
	public static DirectoryNotConfiguredException unknown(String name, Collection<String> names) {
		String known = names.isEmpty() ? "there are no managed directories"
				: "the managed directories are " + String.join(", ", names);
		return new DirectoryNotConfiguredException("there is no managed directory '" + name + "'; " + known, name,
				false, List.copyOf(names));
	}

	/**
	 * Creates the exception for a managed directory whose properties have no path.
	 * @param name the name
	 * @return the exception
	 */
	public static DirectoryNotConfiguredException withoutPath(String name) {
		return new DirectoryNotConfiguredException(
				"the managed directory '" + name + "' has no path: set atomicwrite.directories." + name + ".path", name,
				true, List.of());
	}

	/**
	 * Returns the name.
	 * @return the name of the directory
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns whether there are properties of the directory, other than its path.
	 * @return {@code false} if the name may be misspelled
	 */
	public boolean isKnown() {
		return this.known;
	}

	/**
	 * Returns the names of all managed directories.
	 * @return the names, in the order of the configuration
	 */
	public List<String> names() {
		return this.names;
	}

}

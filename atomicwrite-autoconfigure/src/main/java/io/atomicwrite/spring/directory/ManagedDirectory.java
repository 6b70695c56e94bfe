package io.atomicwrite.spring.directory;

import java.nio.file.Path;

/**
 * A directory with a name in the configuration of the application. Immutable.
 *
 * @param name its name
 * @param path its absolute path
 */
public record ManagedDirectory(String name, Path path) {

	/**
	 * Returns what messages call it.
	 * @return the name in quotes and the path in parentheses
	 */
	public String label() {
		return "'" + this.name + "' (" + this.path + ")";
	}

}

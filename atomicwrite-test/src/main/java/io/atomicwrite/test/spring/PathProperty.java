package io.atomicwrite.test.spring;

import java.util.Optional;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * What a property says about files that an application writes.
 */
enum PathProperty {

	/** The directory that relative paths are relative to. */
	BASE("atomicwrite.base-directory"),

	/** A directory that the starter creates, relative to that of a target. */
	BACKUPS("atomicwrite.backup.directory"),

	/** A directory that must be there, relative to the working directory. */
	STATE("atomicwrite.documents.state-directory"),

	/** A managed directory. */
	DIRECTORY(""),

	/** A file, or a directory that its user creates. */
	FILE(""),

	/** Whether a managed directory must be a mount, which no temporary one is. */
	MOUNT("");

	private final Optional<ConfigurationPropertyName> property;

	PathProperty(String property) {
		this.property = property.isEmpty() ? Optional.empty() : Optional.of(ConfigurationPropertyName.of(property));
	}

	/** Returns the only property of this kind. */
	ConfigurationPropertyName property() {
		return this.property.orElseThrow();
	}

	/**
	 * Returns what a property says.
	 * @param name the property
	 * @param further the properties of the application that are paths
	 * @return the kind, or empty if it says nothing about files
	 */
	static Optional<PathProperty> of(ConfigurationPropertyName name, Set<ConfigurationPropertyName> further) {
		for (PathProperty one : values()) {
			if (one.property.filter(name::equals).isPresent()) {
				return Optional.of(one);
			}
		}
		if (further.contains(name)) {
			return Optional.of(FILE);
		}
		if (name.getNumberOfElements() != 4 || !element(name, 0).equals("atomicwrite")) {
			return Optional.empty();
		}
		return Optional.ofNullable(switch (element(name, 1) + "." + element(name, 3)) {
			case "directories.path" -> DIRECTORY;
			case "directories.requiremount" -> MOUNT;
			case "documents.path", "publications.path" -> FILE;
			default -> null;
		});
	}

	private static String element(ConfigurationPropertyName name, int index) {
		return name.getElement(index, Form.UNIFORM);
	}

}

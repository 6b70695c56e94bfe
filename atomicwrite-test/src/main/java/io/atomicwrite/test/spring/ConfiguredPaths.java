package io.atomicwrite.test.spring;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/**
 * The paths in the properties of an application, as they are configured. Reads the
 * property sources with each call, as they may change.
 */
final class ConfiguredPaths {

	/** What the starter refuses as a path; it is to be refused in a test as well. */
	private static final Pattern NO_PATH = Pattern.compile("[~?\\s\"'].*|[A-Za-z][A-Za-z0-9+.-]*:.*");

	private final ConfigurableEnvironment environment;

	private final Set<ConfigurationPropertyName> further;

	ConfiguredPaths(ConfigurableEnvironment environment, Set<ConfigurationPropertyName> further) {
		this.environment = environment;
		this.further = further;
	}

	/** Returns what a property says, or empty if it says nothing about files. */
	Optional<PathProperty> kind(ConfigurationPropertyName name) {
		return PathProperty.of(name, this.further);
	}

	/** Returns the path of a property, or empty if it has none that can be meant. */
	Optional<Path> path(ConfigurationPropertyName name) {
		String text = text(name);
		if (!StringUtils.hasText(text) || NO_PATH.matcher(text).matches()) {
			return Optional.empty();
		}
		try {
			return Optional.of(Path.of(text));
		}
		catch (InvalidPathException ex) {
			return Optional.empty();
		}
	}

	/** Returns whether a property has a value that is no path. */
	boolean isRefused(ConfigurationPropertyName name) {
		return StringUtils.hasText(text(name)) && path(name).isEmpty();
	}

	/** Returns whether the starter creates a managed directory. */
	boolean isCreated(ConfigurationPropertyName directory) {
		return !text(directory.getParent().append("create")).equalsIgnoreCase("false");
	}

	/** Returns the absolute path of the directory that relative paths are relative to. */
	Path base() {
		return path(PathProperty.BASE.property()).orElse(Path.of("")).toAbsolutePath().normalize();
	}

	/** Returns how many directories above that of a target its backups are. */
	int stepsToBackups() {
		Path backups = path(PathProperty.BACKUPS.property()).map(Path::normalize).orElse(Path.of(""));
		int steps = 0;
		for (Path name : backups) {
			steps += name.toString().equals("..") ? 1 : 0;
		}
		return steps;
	}

	private String text(ConfigurationPropertyName name) {
		return new Binder(ConfigurationPropertySources.from(this.environment.getPropertySources()
			.stream()
			.filter((source) -> !(source instanceof PlacedPaths))
			.toList()), new PropertySourcesPlaceholdersResolver(this.environment)).bind(name.toString(), String.class)
			.orElse("");
	}

}

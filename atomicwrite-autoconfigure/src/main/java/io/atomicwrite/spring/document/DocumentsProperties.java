package io.atomicwrite.spring.document;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.atomicwrite.spring.directory.ConfiguredPath;
import io.atomicwrite.spring.directory.StartupLimit;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.StringUtils;

/**
 * The properties of all documents. They are bound one by one: beside their names stands a
 * property of all, {@code state-directory}. Immutable.
 */
public final class DocumentsProperties {

	private static final String PREFIX = "atomicwrite.documents";

	private static final String STATE_DIRECTORY = "state-directory";

	private final Map<String, DocumentProperties> all;

	private final Optional<Path> stateDirectory;

	private final Optional<Path> baseDirectory;

	private final Duration startupTimeout;

	private DocumentsProperties(Map<String, DocumentProperties> all, Optional<Path> stateDirectory,
			Optional<Path> baseDirectory, Duration startupTimeout) {
		this.all = Map.copyOf(all);
		this.stateDirectory = stateDirectory;
		this.baseDirectory = baseDirectory;
		this.startupTimeout = startupTimeout;
	}

	/**
	 * Binds the properties.
	 * @param binder binds them
	 * @return the properties
	 */
	public static DocumentsProperties of(Binder binder) {
		Map<String, DocumentProperties> all = new TreeMap<>();
		binder.bind(PREFIX, Bindable.mapOf(String.class, Object.class)).ifBound((map) -> map.forEach((name, value) -> {
			if (value instanceof Map) {
				ConfigurationPropertyName prefix = ConfigurationPropertyName.of(PREFIX)
					.append(ConfigurationPropertyName.isValid(name) ? name : "[" + name + "]");
				all.put(name, binder.bindOrCreate(prefix.toString(), DocumentProperties.class));
			}
		}));
		return new DocumentsProperties(all, directory(binder, PREFIX + "." + STATE_DIRECTORY),
				directory(binder, "atomicwrite.base-directory"), StartupLimit.of(binder));
	}

	private static Optional<Path> directory(Binder binder, String property) {
		String directory = binder.bind(property, String.class).orElse("");
		return StringUtils.hasText(directory) ? Optional.of(ConfiguredPath.parse(property, directory))
				: Optional.empty();
	}

	/**
	 * Returns the names of all documents that have properties.
	 * @return the names, sorted
	 */
	public List<String> names() {
		return this.all.keySet().stream().sorted().toList();
	}

	DocumentProperties of(String name) {
		DocumentProperties found = this.all.get(name);
		if (found == null || !StringUtils.hasText(found.path())) {
			throw new DocumentNotConfiguredException(name, found != null, names());
		}
		return found;
	}

	/** Returns the path of a document. */
	Path path(String name) {
		return ConfiguredPath.parse(property(name, "path"), String.valueOf(of(name).path()));
	}

	/** Returns where a path of a document is, as templates resolve it. */
	Path resolve(Path path) {
		return this.baseDirectory.map((directory) -> directory.resolve(path)).orElse(path);
	}

	Duration startupTimeout() {
		return this.startupTimeout;
	}

	Optional<Path> stateDirectory() {
		return this.stateDirectory;
	}

	static String property(String name, String property) {
		return PREFIX + "." + name + "." + property;
	}

}

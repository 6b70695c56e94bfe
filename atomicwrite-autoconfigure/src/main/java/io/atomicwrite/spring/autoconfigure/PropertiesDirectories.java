package io.atomicwrite.spring.autoconfigure;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.atomicwrite.spring.directory.ManagedDirectories;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Maps the {@code atomicwrite.directories} properties to {@link ManagedDirectories}.
 */
final class PropertiesDirectories {

	private final AtomicWriteProperties properties;

	PropertiesDirectories(AtomicWriteProperties properties) {
		this.properties = properties;
	}

	/**
	 * Returns the base directory. Paths are bound as strings because Spring's conversion
	 * to {@link Path} prefers class path resources of the same name.
	 */
	@Nullable Path base() {
		String base = this.properties.baseDirectory();
		return (base != null && !base.isBlank()) ? parse("atomicwrite.base-directory", base) : null;
	}

	ManagedDirectories get() {
		Map<String, Path> paths = new LinkedHashMap<>();
		this.properties.directories().forEach((name, directory) -> paths.put(name, path(name, directory.path())));
		return new ManagedDirectories(paths);
	}

	private Path path(String name, @Nullable String path) {
		String property = "atomicwrite.directories." + name + ".path";
		if (path == null || path.isBlank()) {
			throw new InvalidConfigurationPropertyValueException(property, path,
					"A managed directory needs a path. Set this property.");
		}
		if (name.equals(ManagedDirectories.OTHER)) {
			throw new InvalidConfigurationPropertyValueException(property, path,
					"The name 'other' is reserved for directories that are not managed. Choose another name.");
		}
		Path base = base();
		Path parsed = parse(property, path);
		return (base != null) ? base.resolve(parsed) : parsed;
	}

	static Path parse(String property, String path) {
		try {
			return Path.of(path);
		}
		catch (InvalidPathException ex) {
			throw new InvalidConfigurationPropertyValueException(property, path, "Not a path: " + ex.getReason() + ".");
		}
	}

}

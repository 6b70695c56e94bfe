package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.spring.directory.ConfiguredPath;
import io.atomicwrite.spring.directory.DirectoryNotConfiguredException;
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
		return (base != null && !base.isBlank()) ? ConfiguredPath.parse("atomicwrite.base-directory", base) : null;
	}

	ManagedDirectories get() {
		Map<String, Path> paths = new LinkedHashMap<>();
		Map<String, Map<Guarantee, GuaranteeLevel>> required = new LinkedHashMap<>();
		this.properties.directories().forEach((name, directory) -> {
			paths.put(name, path(name, directory.path()));
			required.put(name, directory.require());
		});
		return new ManagedDirectories(paths, required);
	}

	/** Returns the names of the directories that a predicate selects. */
	Set<String> names(Predicate<AtomicWriteProperties.Directory> selected) {
		return this.properties.directories()
			.entrySet()
			.stream()
			.filter((entry) -> selected.test(entry.getValue()))
			.map(Map.Entry::getKey)
			.collect(Collectors.toUnmodifiableSet());
	}

	private Path path(String name, @Nullable String path) {
		String property = "atomicwrite.directories." + name + ".path";
		if (path == null || path.isBlank()) {
			throw DirectoryNotConfiguredException.withoutPath(name);
		}
		if (name.equals(ManagedDirectories.OTHER)) {
			throw new InvalidConfigurationPropertyValueException(property, path,
					"The name 'other' is reserved for directories that are not managed. Choose another name.");
		}
		Path base = base();
		Path parsed = ConfiguredPath.parse(property, path);
		return (base != null) ? base.resolve(parsed) : parsed;
	}

}

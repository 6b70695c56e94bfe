package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.publication.Retention;
import io.atomicwrite.spring.directory.ConfiguredPath;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.publication.PublicationNotConfiguredException;
import io.atomicwrite.spring.publication.PublicationProperties;
import io.atomicwrite.spring.publication.PublicationSettings;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * Maps the {@code atomicwrite.publications} properties to {@link PublicationSettings}.
 */
final class PropertiesPublications {

	private final AtomicWriteProperties properties;

	private final ManagedDirectories directories;

	PropertiesPublications(AtomicWriteProperties properties, ManagedDirectories directories) {
		this.properties = properties;
		this.directories = directories;
	}

	/**
	 * Returns the settings of all publications, in the order of the configuration.
	 * @throws PublicationNotConfiguredException if one has no place
	 * @throws io.atomicwrite.spring.directory.DirectoryNotConfiguredException if one
	 * names a managed directory that there is not
	 */
	Map<String, PublicationSettings> get() {
		Map<String, PublicationSettings> settings = new LinkedHashMap<>();
		this.properties.publications().forEach((name, publication) -> settings.put(name, settings(name, publication)));
		return settings;
	}

	private PublicationSettings settings(String name, PublicationProperties publication) {
		if (name.indexOf('/') >= 0 || name.indexOf('@') >= 0 || name.startsWith(".")) {
			String key = StringUtils.hasText(publication.path()) ? ".path" : ".directory";
			throw new InvalidConfigurationPropertyValueException(property(name, key), name,
					"The name of a publication has no slash and no @, and does not begin with a dot.");
		}
		PublishOptions options = PublishOptions.defaults().withPointer(publication.pointer());
		return new PublicationSettings(path(name, publication),
				retention(name, publication).map(options::withRetention).orElse(options));
	}

	private Path path(String name, PublicationProperties publication) {
		String path = publication.path();
		String directory = publication.directory();
		if (StringUtils.hasText(path) == StringUtils.hasText(directory)) {
			throw PublicationNotConfiguredException.withoutPlace(name);
		}
		if (directory != null && StringUtils.hasText(directory)) {
			return this.directories.path(directory).resolve(name);
		}
		Path base = new PropertiesDirectories(this.properties).base();
		Path parsed = ConfiguredPath.parse(property(name, ".path"), String.valueOf(path));
		Path absolute = ((base != null) ? base.resolve(parsed) : parsed).toAbsolutePath().normalize();
		if (absolute.getFileName() == null) {
			throw new InvalidConfigurationPropertyValueException(property(name, ".path"), path,
					"The root directory can't have the versions. Write the path of a directory of their own.");
		}
		return absolute;
	}

	private static Optional<Retention> retention(String name, PublicationProperties publication) {
		Integer keep = publication.keep();
		Duration age = publication.minAge();
		if (keep != null && keep < 1) {
			throw new InvalidConfigurationPropertyValueException(property(name, ".keep"), keep,
					"The number of versions to keep must be at least 1. Remove the property to keep all.");
		}
		if (age != null && age.isNegative()) {
			throw new InvalidConfigurationPropertyValueException(property(name, ".min-age"), age,
					"The age must not be negative.");
		}
		if (keep == null && age == null) {
			return Optional.empty();
		}
		Retention retention = Retention.keep((keep != null) ? keep : 1);
		return Optional.of((age != null) ? retention.olderThan(age) : retention);
	}

	private static String property(String name, String key) {
		String one = ConfigurationPropertyName.isValid(name) ? "." + name : "[" + name + "]";
		return "atomicwrite.publications" + one + key;
	}

}

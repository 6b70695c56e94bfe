package io.atomicwrite.spring.config;

import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.spring.config.AtomicFileConfigDataResource.Place;
import io.atomicwrite.spring.directory.ConfiguredPath;

import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Resolves locations that begin with {@code atomicfile:}, each of one file. A relative
 * path is relative to the working directory.
 */
final class AtomicFileConfigDataLocationResolver implements ConfigDataLocationResolver<AtomicFileConfigDataResource> {

	private static final String PREFIX = "atomicfile:";

	private static final String PROPERTY = "spring.config.import";

	@Override
	public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
		return location.hasPrefix(PREFIX);
	}

	@Override
	public List<AtomicFileConfigDataResource> resolve(ConfigDataLocationResolverContext context,
			ConfigDataLocation location) {
		Place place = new Place(location.toString(), location.getOrigin());
		String text = location.getNonPrefixedValue(PREFIX);
		Path file = parse(text, place);
		refuseManyFiles(text, place);
		ConfigFileFormat.of(file, place);
		return List.of(new AtomicFileConfigDataResource(file, place, location.isOptional(),
				ImportSettings.of(context.getBinder())));
	}

	private static Path parse(String text, Place place) {
		if (text.isBlank()) {
			throw ConfigImportException.ofLocation(place, "It names no file.",
					"Write the path of a file, as in atomicfile:./config/app.yaml.");
		}
		try {
			return ConfiguredPath.parse(PROPERTY, text);
		}
		catch (InvalidConfigurationPropertyValueException ex) {
			throw ConfigImportException.ofLocation(place, "'" + text + "' can't be meant as a path.",
					String.valueOf(ex.getReason()));
		}
	}

	private static void refuseManyFiles(String text, Place place) {
		if (text.indexOf('*') >= 0) {
			throw ConfigImportException.ofLocation(place, "Wildcards are not supported.",
					"Import each file by its name: the order of the imports says which property counts.");
		}
		if (text.endsWith("/")) {
			throw ConfigImportException.ofDirectory(place, text);
		}
	}

}

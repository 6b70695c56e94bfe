package io.atomicwrite.test.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.PropertySource;

/**
 * The configured paths, in the temporary place. Has what is asked for by its canonical
 * name, as binding does; whether a property is there, and by which spelling, is left to
 * the other sources. Creates the directories that an application expects to find.
 */
final class PlacedPaths extends PropertySource<ConfiguredPaths> {

	private static final String NAME = "atomicwriteTemporaryDirectories";

	private final TemporaryPlace place;

	PlacedPaths(ConfiguredPaths configured, TemporaryPlace place) {
		super(NAME, configured);
		this.place = place;
	}

	@Override
	public @Nullable Object getProperty(String text) {
		if (!ConfigurationPropertyName.isValid(text)) {
			return null;
		}
		ConfigurationPropertyName name = ConfigurationPropertyName.of(text);
		return this.source.kind(name).map((kind) -> value(kind, name)).orElse(null);
	}

	private @Nullable Object value(PathProperty kind, ConfigurationPropertyName name) {
		Optional<Path> path = this.source.path(name);
		return switch (kind) {
			// without a base directory, the place is one
			case BASE -> this.source.isRefused(name) ? null : existing(this.place.directory());
			case MOUNT -> "false";
			case STATE -> path.map(Path::toAbsolutePath).map(this.place::of).map(PlacedPaths::existing).orElse(null);
			case BACKUPS -> path.filter(Path::isAbsolute).map(this.place::of).map(PlacedPaths::within).orElse(null);
			case DIRECTORY -> path.map(this.place::of).map((one) -> directory(one, name)).orElse(null);
			case FILE -> path.map(this.place::of).map(PlacedPaths::within).orElse(null);
		};
	}

	/** One that the starter does not create is there, as an administrator has made it. */
	private String directory(Path directory, ConfigurationPropertyName name) {
		return this.source.isCreated(name) ? directory.toString() : existing(directory);
	}

	private static String existing(Path directory) {
		try {
			return Files.createDirectories(directory).toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The directory of a file is there, as it is where the application runs. */
	private static String within(Path path) {
		existing(Objects.requireNonNull(path.getParent()));
		return path.toString();
	}

}

package io.atomicwrite.sample;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.Version;
import io.atomicwrite.core.Versioned;
import io.atomicwrite.core.WriteOptions;

import org.springframework.stereotype.Component;

/**
 * Stores the settings in one JSON file.
 */
@Component
class SettingsStore {

	private final AtomicFileTemplate template;

	private final Path file;

	SettingsStore(AtomicFileTemplate template, SampleProperties properties) {
		this.template = template;
		this.file = properties.settings();
	}

	/** Reads the settings, which are empty before the first write. */
	Optional<Versioned<Settings>> read() {
		try {
			return Optional.of(this.template.readVersioned(this.file, Settings.class));
		}
		catch (UncheckedIOException ex) {
			if (ex.getCause() instanceof NoSuchFileException) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	Version replace(Settings settings) {
		return write(settings, this.template.defaults());
	}

	Version replace(Settings settings, Version expected) {
		return write(settings, this.template.defaults().toBuilder().expectedVersion(expected).build());
	}

	Version create(Settings settings) {
		return write(settings, this.template.defaults().toBuilder().overwrite(false).build());
	}

	private Version write(Settings settings, WriteOptions options) {
		return this.template.writeValue(this.file, settings, options).version().orElseThrow();
	}

}

package io.atomicwrite.sample;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.Version;
import io.atomicwrite.core.Versioned;
import io.atomicwrite.core.WriteOptions;

import org.springframework.stereotype.Component;

/**
 * Stores the settings in one JSON file.
 */
@Component
class SettingsStore {

	private final AtomicFileOperations files;

	private final Path file;

	SettingsStore(AtomicFileOperations files, SampleProperties properties) {
		this.files = files;
		this.file = properties.settings();
	}

	/** Reads the settings, which are empty before the first write. */
	Optional<Versioned<Settings>> read() {
		return this.files.findVersioned(this.file, Settings.class);
	}

	Version replace(Settings settings) {
		return this.files.writeValue(this.file, settings).version().orElseThrow();
	}

	Version replace(Settings settings, Version expected) {
		return write(settings, (options) -> options.expectedVersion(expected));
	}

	Version create(Settings settings) {
		return write(settings, (options) -> options.overwrite(false));
	}

	private Version write(Settings settings, Consumer<WriteOptions.Builder> options) {
		return this.files.writeValue(this.file, settings, options).version().orElseThrow();
	}

}

package io.atomicwrite.sample;

import io.atomicwrite.checksum.Version;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentStatus;
import io.atomicwrite.document.Snapshot;

import org.springframework.stereotype.Component;

/**
 * Reads and changes the settings, which live in one JSON file.
 */
@Component
class SettingsStore {

	private final AtomicDocument<Settings> document;

	SettingsStore(AtomicDocument<Settings> document) {
		this.document = document;
	}

	/** Reads the settings, whose version is none before the first write. */
	Snapshot<Settings> read() {
		return this.document.snapshot();
	}

	SettingsState state() {
		return SettingsState.of(this.document);
	}

	/** Replaces whatever settings there are, also where a person has broken the file. */
	Snapshot<Settings> replace(Settings settings) {
		if (this.document.status() == DocumentStatus.INVALID) {
			return replace(settings, this.document.snapshot().version());
		}
		this.document.update((old) -> settings);
		return this.document.snapshot();
	}

	Snapshot<Settings> replace(Settings settings, Version expected) {
		return this.document.replace(settings, expected);
	}

	Snapshot<Settings> create(Settings settings) {
		return replace(settings, Version.none());
	}

}

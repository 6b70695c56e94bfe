package io.atomicwrite.test.page.first;

import java.nio.file.Path;

import io.atomicwrite.core.AtomicFileOperations;

class SettingsStore {

	private final AtomicFileOperations files;

	private final Path file;

	private final Path previous;

	SettingsStore(AtomicFileOperations files, Path directory) {
		this.files = files;
		this.file = directory.resolve("settings");
		this.previous = directory.resolve("settings.previous");
	}

	void save(String theme) {
		if (this.files.exists(this.file)) {
			this.files.move(this.file, this.previous);
		}
		this.files.writeString(this.file, theme);
	}

	String load() {
		return this.files.findString(this.file).orElse("light");
	}

}

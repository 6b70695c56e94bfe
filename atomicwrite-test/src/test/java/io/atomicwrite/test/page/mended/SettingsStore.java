package io.atomicwrite.test.page.mended;

import java.nio.file.Path;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.core.AtomicFileOperations;

class SettingsStore {

	private final AtomicFileOperations files;

	private final Path file;

	SettingsStore(AtomicFileOperations files, Path directory) {
		this.files = files;
		this.file = directory.resolve("settings");
	}

	void save(String theme) {
		this.files.writeString(this.file, theme, (options) -> options.backup(BackupPolicy.single()));
	}

	String load() {
		return this.files.findString(this.file).orElse("light");
	}

}

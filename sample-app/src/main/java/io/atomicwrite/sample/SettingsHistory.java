package io.atomicwrite.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import io.atomicwrite.backup.Backup;
import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.document.AtomicDocument;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * The earlier settings, which are backups of their file, and the file as an editor has
 * it.
 */
@Component
class SettingsHistory {

	private final AtomicDocument<Settings> document;

	private final AtomicFileOperations files;

	private final JsonMapper json;

	SettingsHistory(AtomicDocument<Settings> document, AtomicFileOperations files, JsonMapper json) {
		this.document = document;
		this.files = files;
		this.json = json;
	}

	List<Earlier> list() {
		return backups().stream()
			.map((backup) -> new Earlier(String.valueOf(backup.path().getFileName()), made(backup), settings(backup)))
			.toList();
	}

	private List<Backup> backups() {
		return this.files.generations(this.document.path());
	}

	private static Instant made(Backup backup) {
		Instant stamp = backup.generation().made();
		return (stamp != null) ? stamp : backup.modified();
	}

	/** What a person has written may be no settings. */
	private @Nullable Settings settings(Backup backup) {
		try {
			return this.json.readValue(this.files.readString(backup.path()), Settings.class);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/** Puts earlier settings back; the present ones become a backup. */
	void restore(String name) {
		Backup backup = backups().stream()
			.filter((one) -> one.path().endsWith(name))
			.findFirst()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such backup."));
		this.document.restore(backup);
	}

	FileText text() {
		Path file = this.document.path();
		return new FileText(file.toString(), this.files.exists(file) ? this.files.readString(file) : "");
	}

	/** Overwrites the file in place, as a simple editor does: no lock, nothing atomic. */
	void overwrite(String text) throws IOException {
		Files.writeString(this.document.path(), text);
	}

	/**
	 * Settings that were replaced.
	 *
	 * @param name the name of the backup
	 * @param made when it was made
	 * @param settings the settings, or {@code null} if it does not hold valid ones
	 */
	record Earlier(String name, Instant made, @Nullable Settings settings) {
	}

	/**
	 * The file of the settings.
	 *
	 * @param path its path
	 * @param text its content
	 */
	record FileText(String path, String text) {
	}

}

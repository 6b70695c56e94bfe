package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * Prepares the managed directories on startup: creates missing directories, and fails if
 * writes to a directory would fail.
 */
public final class DirectoryPreparation {

	private final ManagedDirectories directories;

	private final DirectoryInspector inspector;

	private final BiConsumer<Path, String> warnings;

	/**
	 * Creates a preparation.
	 * @param directories the directories
	 * @param inspector the inspector
	 * @param warnings receives the warnings of the safety policy, each with the canonical
	 * path of the directory
	 */
	public DirectoryPreparation(ManagedDirectories directories, DirectoryInspector inspector,
			BiConsumer<Path, String> warnings) {
		this.directories = directories;
		this.inspector = inspector;
		this.warnings = warnings;
	}

	/**
	 * Prepares all directories.
	 * @throws DirectoryUnavailableException if one is missing and can't be created, or
	 * can't be read
	 * @throws DirectoryNotWritableException if one is not writable
	 * @throws GuaranteeNotMetException if one does not meet the requirements
	 */
	public void run() {
		this.directories.all().forEach(this::prepare);
	}

	private void prepare(ManagedDirectory directory) {
		DirectoryInspection found = inspect(directory);
		if (!found.writable()) {
			throw new DirectoryNotWritableException(directory);
		}
		if (!found.meetsRequirements()) {
			throw new GuaranteeNotMetException(found, this.inspector.requirements());
		}
		found.warningTexts().forEach((text) -> this.warnings.accept(found.realPath(), text));
	}

	private DirectoryInspection inspect(ManagedDirectory directory) {
		try {
			// unlike createDirectories, this accepts a symbolic link to a directory
			if (!Files.isDirectory(directory.path())) {
				Files.createDirectories(directory.path());
			}
			return this.inspector.inspect(directory);
		}
		catch (IOException ex) {
			throw new DirectoryUnavailableException(directory, ex);
		}
	}

}

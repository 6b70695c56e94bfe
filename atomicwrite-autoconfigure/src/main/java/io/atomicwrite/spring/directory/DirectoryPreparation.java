package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * Makes the managed directories ready before the first write: creates those that are
 * missing, and fails where writes would.
 */
public final class DirectoryPreparation {

	private final ManagedDirectories directories;

	private final DirectoryInspector inspector;

	private final BiConsumer<Path, String> warnings;

	/**
	 * Creates a preparation.
	 * @param directories the directories
	 * @param inspector the inspector
	 * @param warnings is told what the safety policy warns of, with the real path of the
	 * directory
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
	 * @throws DirectoryNotWritableException if one can't be written
	 * @throws GuaranteeNotMetException if one promises less than is needed
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
			// follows a link to a directory, which createDirectories alone would not
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

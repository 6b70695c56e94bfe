package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import io.atomicwrite.core.WriteRequirements.Shortfall;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Makes the managed directories ready before the first write: creates those that are
 * missing, and fails where writes would.
 */
public final class DirectoryPreparation {

	private static final Log logger = LogFactory.getLog(DirectoryPreparation.class);

	private final ManagedDirectories directories;

	private final DirectoryInspector inspector;

	/**
	 * Creates a preparation.
	 * @param directories the directories
	 * @param inspector the inspector
	 */
	public DirectoryPreparation(ManagedDirectories directories, DirectoryInspector inspector) {
		this.directories = directories;
		this.inspector = inspector;
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
		List<Shortfall> warnings = found.warnings();
		if (!warnings.isEmpty()) {
			logger.warn("Managed directory '" + directory.name() + "' (" + directory.path() + ") on "
					+ found.filesystem().type() + " keeps less than it should: " + warnings);
		}
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

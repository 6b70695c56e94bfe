package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.atomicwrite.SafetyPolicy;

/**
 * Prepares the managed directories on startup: creates missing directories, and fails if
 * writes to a directory would fail.
 */
public final class DirectoryPreparation {

	private final ManagedDirectories directories;

	private final DirectoryInspector inspector;

	private final BiConsumer<Path, String> warnings;

	private final StartupWait startup;

	private final ManagedMounts mounts;

	private final Consumer<DirectoryInspection> prepared;

	/**
	 * Creates a preparation.
	 * @param directories the directories
	 * @param inspector the inspector
	 * @param warnings receives the warnings of the safety policy, each with the canonical
	 * path of the directory, or with the mount point if it is about the whole mount
	 * @param startup waits for the directories
	 * @param mounts remembers where they are
	 */
	public DirectoryPreparation(ManagedDirectories directories, DirectoryInspector inspector,
			BiConsumer<Path, String> warnings, StartupWait startup, ManagedMounts mounts) {
		this(directories, inspector, warnings, startup, mounts, (found) -> {
		});
	}

	/**
	 * Creates a preparation that passes on what it finds.
	 * @param directories the directories
	 * @param inspector the inspector
	 * @param warnings receives the warnings of the safety policy, each with the canonical
	 * path of the directory, or with the mount point if it is about the whole mount
	 * @param startup waits for the directories
	 * @param mounts remembers where they are
	 * @param prepared receives what was found of each directory that can be used
	 */
	public DirectoryPreparation(ManagedDirectories directories, DirectoryInspector inspector,
			BiConsumer<Path, String> warnings, StartupWait startup, ManagedMounts mounts,
			Consumer<DirectoryInspection> prepared) {
		this.prepared = prepared;
		this.mounts = mounts;
		this.directories = directories;
		this.inspector = inspector;
		this.warnings = warnings;
		this.startup = startup;
	}

	/**
	 * Prepares all directories.
	 * @throws DirectoryUnavailableException if one is missing and can't be created, or
	 * can't be read
	 * @throws DirectoryNotMountedException if one requires a mount and is on none
	 * @throws DirectoryNotWritableException if one is not writable
	 * @throws GuaranteeNotMetException if one does not meet the requirements
	 * @throws DirectoryNotAnsweringException if one does not answer in time
	 */
	public void run() {
		this.directories.all().forEach(this::prepare);
	}

	private void prepare(ManagedDirectory directory) {
		DirectoryInspection found = this.startup.await(directory, (backups) -> inspect(directory, backups));
		this.directories.resolved(directory, found.realPath());
		if (!found.writable()) {
			throw new DirectoryNotWritableException(directory);
		}
		if (!found.meetsRequirements()) {
			throw new GuaranteeNotMetException(found, this.inspector.requirements(directory),
					this.directories.required(directory.name()).keySet());
		}
		this.prepared.accept(found);
		// what the strict policy lets pass is a property of the mount
		boolean ofMount = this.inspector.requirements().options().safety() == SafetyPolicy.STRICT;
		Path place = ofMount ? found.filesystem().mountPoint() : found.realPath();
		found.warningTexts().forEach((text) -> this.warnings.accept(place, text));
	}

	private DirectoryInspection inspect(ManagedDirectory directory, Consumer<Path> backups) {
		try {
			this.mounts.requireMount(directory);
			if (this.mounts.mayCreate(directory)) {
				DirectoryCreation.createIfMissing(directory);
			}
			this.mounts.remember(directory);
			return this.inspector.inspect(directory, backups);
		}
		catch (IOException ex) {
			throw new DirectoryUnavailableException(directory, ex);
		}
	}

}

package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

import io.atomicwrite.Guarantee;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.guarantee.GuaranteeReport;

/**
 * Determines the guarantees of a managed directory and whether it is writable. It writes
 * nothing, so it is cheap enough to call often. Thread-safe.
 */
public final class DirectoryInspector {

	private final GuaranteeInspector guarantees;

	private final WriteRequirements requirements;

	private final Predicate<Path> writable;

	/**
	 * Creates an inspector.
	 * @param files the file operations
	 * @param requirements the requirements of the writes of the application
	 */
	public DirectoryInspector(FileOps files, WriteRequirements requirements) {
		this(files, requirements, (path) -> Files.isWritable(path) && Files.isExecutable(path));
	}

	DirectoryInspector(FileOps files, WriteRequirements requirements, Predicate<Path> writable) {
		this.guarantees = new GuaranteeInspector(files);
		this.requirements = requirements;
		this.writable = writable;
	}

	/**
	 * Returns the requirements of the writes of the application.
	 * @return the requirements
	 */
	public WriteRequirements requirements() {
		return this.requirements;
	}

	/**
	 * Inspects a directory.
	 * @param directory the directory
	 * @return the inspection
	 * @throws IOException if it does not exist, is not a directory or can't be read
	 */
	public DirectoryInspection inspect(ManagedDirectory directory) throws IOException {
		Path path = directory.path();
		if (!Files.isDirectory(path)) {
			throw Files.exists(path) ? new NotDirectoryException(path.toString())
					: new NoSuchFileException(path.toString(), null, "the directory does not exist");
		}
		if (!Files.isReadable(path)) {
			throw new AccessDeniedException(path.toString());
		}
		GuaranteeReport report = this.guarantees.inspectDirectory(path.toRealPath());
		Map<Guarantee, Assessment> assessed = this.requirements.assess(report);
		return new DirectoryInspection(directory, report.path(), report.filesystem(), assessed,
				this.requirements.lacking(report), this.requirements.shortfalls(assessed),
				this.requirements.warnings(assessed), this.writable.test(path));
	}

}

package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.atomicwrite.Guarantee;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.guarantee.GuaranteeReport;

/**
 * Determines the guarantees of a managed directory and whether it is writable. It writes
 * nothing, so it is cheap enough to call often. Thread-safe.
 */
public final class DirectoryInspector {

	/** The last one is the error of an immutable directory. */
	private static final Set<IoErrorKind> NOT_WRITABLE = Set.of(IoErrorKind.ACCESS_DENIED, IoErrorKind.READ_ONLY,
			IoErrorKind.NOT_PERMITTED);

	private final GuaranteeInspector guarantees;

	private final WriteRequirements requirements;

	private final ManagedDirectories directories;

	private final Spaces spaces;

	private final BackupCheck backups;

	private final AccessCheck writable;

	private final DisplacementCheck displacement;

	/**
	 * Creates an inspector.
	 * @param files the file operations
	 * @param requirements the requirements of the writes of the application
	 */
	public DirectoryInspector(FileOps files, WriteRequirements requirements) {
		this(files, requirements, new ManagedDirectories(Map.of()));
	}

	/**
	 * Creates an inspector of directories with requirements of their own.
	 * @param files the file operations
	 * @param requirements the requirements of the writes of the application
	 * @param directories what each directory requires in addition
	 */
	public DirectoryInspector(FileOps files, WriteRequirements requirements, ManagedDirectories directories) {
		this(files, requirements, directories, DirectoryInspector::isWritable, (directory) -> Optional.empty());
	}

	/**
	 * Creates an inspector that also reports directories whose filesystem is gone.
	 * @param files the file operations
	 * @param requirements the requirements of the writes of the application
	 * @param directories what each directory requires in addition
	 * @param mounts what is remembered of the directories
	 */
	public DirectoryInspector(FileOps files, WriteRequirements requirements, ManagedDirectories directories,
			ManagedMounts mounts) {
		this(files, requirements, directories, DirectoryInspector::isWritable, mounts::displacement);
	}

	DirectoryInspector(FileOps files, WriteRequirements requirements, AccessCheck writable) {
		this(files, requirements, new ManagedDirectories(Map.of()), writable, (directory) -> Optional.empty());
	}

	private DirectoryInspector(FileOps files, WriteRequirements requirements, ManagedDirectories directories,
			AccessCheck writable, DisplacementCheck displacement) {
		this.spaces = new Spaces(files);
		this.backups = new BackupCheck(files, this.spaces);
		this.directories = directories;
		this.displacement = displacement;
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
	 * Returns the requirements of the writes in a directory.
	 * @param directory the directory
	 * @return those of the application and of the directory
	 */
	public WriteRequirements requirements(ManagedDirectory directory) {
		return this.requirements.and(this.directories.required(directory.name()));
	}

	/**
	 * Inspects a directory.
	 * @param directory the directory
	 * @return the inspection
	 * @throws IOException if it does not exist, is not a directory or can't be read
	 */
	public DirectoryInspection inspect(ManagedDirectory directory) throws IOException {
		return inspect(directory, (backups) -> {
		});
	}

	/**
	 * Inspects a directory.
	 * @param beforeBackups gets its backup directory before that is looked at
	 */
	DirectoryInspection inspect(ManagedDirectory directory, Consumer<Path> beforeBackups) throws IOException {
		Path path = directory.path();
		DirectoryCreation.require(path);
		FileOps.system().checkAccess(path, AccessMode.READ);
		GuaranteeReport report = this.guarantees.inspectDirectory(path.toRealPath());
		WriteRequirements needed = requirements(directory);
		Map<Guarantee, Assessment> assessed = needed.assess(report);
		return new DirectoryInspection(directory, report.path(), report.filesystem(), assessed, needed.lacking(report),
				needed.shortfalls(assessed, report.filesystem()), needed.warnings(assessed, report.filesystem()),
				this.writable.test(path), this.displacement.of(directory), this.spaces.of(report.path()),
				this.backups.of(report.path(), needed.options().backup(), beforeBackups));
	}

	/** Only these errors say that this user can't write there. */
	private static boolean isWritable(Path path) throws IOException {
		try {
			FileOps.system().checkAccess(path, AccessMode.WRITE, AccessMode.EXECUTE);
			return true;
		}
		catch (IOException ex) {
			IoErrorKind kind = IoErrors.classify(ex);
			if (NOT_WRITABLE.contains(kind)) {
				return false;
			}
			throw ex;
		}
	}

	/** Why a directory is not the one that it was. */
	@FunctionalInterface
	interface DisplacementCheck {

		Optional<String> of(ManagedDirectory directory) throws IOException;

	}

	/** Whether this user may create files in a directory. */
	@FunctionalInterface
	interface AccessCheck {

		boolean test(Path directory) throws IOException;

	}

}

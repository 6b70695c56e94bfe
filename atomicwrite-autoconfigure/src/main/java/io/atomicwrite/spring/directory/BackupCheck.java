package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Remedy;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;

/**
 * Checks whether backups can be made in the directory that is meant for them. Writes
 * nothing.
 */
final class BackupCheck {

	private final FileOps files;

	private final Spaces spaces;

	BackupCheck(FileOps files, Spaces spaces) {
		this.files = files;
		this.spaces = spaces;
	}

	/**
	 * Returns where the backups of a directory lie.
	 * @param realPath the directory
	 * @param policy the backup policy of its writes
	 * @param before gets the other directory before it is looked at
	 * @return the place; empty if there are none, or if they lie beside their targets
	 */
	Optional<BackupPlace> of(Path realPath, BackupPolicy policy, Consumer<Path> before) {
		if (!policy.enabled() || policy.directory() == null) {
			return Optional.empty();
		}
		Path backups = policy.directoryFor(realPath.resolve("any"));
		if (backups.equals(realPath)) {
			return Optional.empty();
		}
		before.accept(backups);
		return Optional.of(check(backups));
	}

	private BackupPlace check(Path backups) {
		try {
			Path existing = existing(backups);
			FileOps.system().checkAccess(existing, AccessMode.WRITE, AccessMode.EXECUTE);
			return new BackupPlace(backups, Optional.of(this.spaces.of(existing)), Optional.empty());
		}
		catch (IOException ex) {
			IoErrorKind kind = IoErrors.classify(ex);
			return new BackupPlace(backups, Optional.empty(), Optional
				.of("no backup can be made in " + backups + ": " + IoErrors.text(ex) + "; " + remedy(kind, ex).text()));
		}
	}

	/** A write creates the directory itself, but none above it. */
	private Path existing(Path backups) throws IOException {
		try {
			return this.files.canonical(backups);
		}
		catch (NoSuchFileException ex) {
			Path parent = backups.getParent();
			if (parent == null) {
				throw ex;
			}
			return this.files.canonical(parent);
		}
	}

	private static Remedy remedy(IoErrorKind kind, IOException error) {
		if (error instanceof NoSuchFileException) {
			return Remedy.CREATE_BACKUP_DIRECTORY;
		}
		return switch (kind) {
			case ACCESS_DENIED -> Remedy.PERMIT_CHANGES;
			case NOT_PERMITTED -> Remedy.ALLOW_CHANGES;
			case READ_ONLY -> Remedy.REMOUNT_WRITABLE;
			default -> Remedy.ofReading(kind);
		};
	}

}

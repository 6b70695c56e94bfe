package io.atomicwrite.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Map;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.artifact.FileRights;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.artifact.StagingFile;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.IoErrors;

/**
 * Gives the content of a target a second place, under a name of its own. A hard link
 * costs nothing and is safe, because targets are replaced and never changed in place;
 * where it can't be had, or the backup is to have a mode of its own, the content is
 * copied.
 */
final class BackupCopy {

	/** A copy is no program: setuid and setgid were not meant for it. */
	private static final int PERMISSIONS = 01777;

	private final Tools tools;

	private final ChangeScope scope;

	private final BackupStep.Source source;

	private final Directory directory;

	private final FileRights rights;

	/** Whether the backup has other rights than the target. */
	private final boolean apart;

	BackupCopy(Tools tools, ChangeScope scope, BackupStep.Source source, Directory directory, boolean apart) {
		this.tools = tools;
		this.scope = scope;
		this.source = source;
		this.directory = directory;
		this.rights = source.rights();
		this.apart = apart;
	}

	/**
	 * Links the target to a name.
	 * @return whether that was done; if not, the content is to be copied
	 * @throws IOException if the name is taken, or a copy would fail as well
	 */
	boolean link(String name) throws IOException {
		if (!canLink()) {
			return false;
		}
		try {
			this.source.directory().linkNew(this.source.name(), this.directory, name);
			return true;
		}
		catch (FileAlreadyExistsException ex) {
			throw ex;
		}
		catch (NoSuchFileException ex) {
			// would fail the copy too; the error of a link names the new name
			throw new NoSuchFileException(this.source.path().toString(), this.directory.path(name).toString(),
					ex.getReason());
		}
		catch (IOException ex) {
			// a full disk would fail the copy too
			if (IoErrors.classify(ex) == IoErrorKind.NO_SPACE) {
				throw ex;
			}
			return false;
		}
	}

	private boolean canLink() throws IOException {
		return !this.apart && (this.directory.path().equals(this.source.directory().path())
				|| this.directory.mount().point().equals(this.source.directory().mount().point()));
	}

	/** Returns a name for what is to become the backup. */
	String stagingName(String backup) throws IOException {
		return ArtifactNames.staging(backup, this.tools.tokens().getAsLong(),
				NameLimit.of(this.directory, this.source.name()));
	}

	/**
	 * Copies the content into a file beside the backup, and settles it.
	 * @return the name of the copy
	 */
	String copy(String backup) throws IOException {
		StagingFile staging = StagingFile.create(this.tools, this.directory, backup, this.rights.createMode());
		try (InputStream in = this.source.directory().openRead(this.source.name())) {
			staging.markAlive();
			staging.write(in);
			carryAttributes(staging.name());
			this.rights.give(this.directory, staging.name(), PERMISSIONS);
			this.scope.settle(staging);
			staging.close();
			return staging.name();
		}
		catch (Throwable ex) {
			staging.discard(ex);
			throw ex;
		}
	}

	/** A link has them anyway; without its checksum a copy could not be verified. */
	private void carryAttributes(String copy) throws IOException {
		try {
			for (Map.Entry<String, byte[]> attribute : this.source.directory()
				.userAttributes(this.source.name())
				.entrySet()) {
				this.directory.setUserAttribute(copy, attribute.getKey(), attribute.getValue());
			}
		}
		catch (IOException ex) {
			IoErrorKind kind = IoErrors.classify(ex);
			if (kind != IoErrorKind.NOT_SUPPORTED && kind != IoErrorKind.ACCESS_DENIED) {
				throw ex;
			}
		}
	}

	/** Deletes what did not become the backup; an orphan is known to housekeeping. */
	void discard(String name) {
		try {
			if (this.directory.kind(name) != null) {
				this.directory.delete(name);
			}
		}
		catch (IOException ex) {
			// an orphan then, which housekeeping knows
		}
	}

}

package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;

/**
 * Gives the content of a target a second place, under a name of its own. A hard link
 * costs nothing and is safe, because targets are replaced and never changed in place;
 * where it can't be had, or the backup is to have a mode of its own, the content is
 * copied.
 */
final class BackupCopy {

	private static final int OWNER = 0600;

	/** Setuid and setgid, where there is a mode at all. */
	private static final int SET_IDS = 06000;

	private final Tools tools;

	private final Place target;

	private final Directory directory;

	private final OptionalInt mode;

	BackupCopy(Tools tools, Place target, Directory directory, OptionalInt mode) {
		this.tools = tools;
		this.target = target;
		this.directory = directory;
		this.mode = mode;
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
			this.target.directory().linkNew(this.target.name(), this.directory, name);
			return true;
		}
		catch (FileAlreadyExistsException ex) {
			throw ex;
		}
		catch (IOException ex) {
			// a missing target or a full disk would fail the copy too
			if (ex instanceof NoSuchFileException || IoErrors.classify(ex) == IoErrorKind.NO_SPACE) {
				throw ex;
			}
			return false;
		}
	}

	private boolean canLink() throws IOException {
		return this.mode.isEmpty() && (this.directory.path().equals(this.target.directory().path())
				|| this.directory.mount().point().equals(this.target.directory().mount().point()));
	}

	/** Returns a name for what is to become the backup. */
	String stagingName(String backup) throws IOException {
		return ArtifactNames.staging(backup, this.tools.tokens().getAsLong(),
				NameLimit.of(this.tools.files(), this.directory.path(), this.target.name()));
	}

	/**
	 * Copies the content into a file beside the backup, and syncs it.
	 * @return the name of the copy
	 */
	String copy(String backup) throws IOException {
		FileStat existing = Objects.requireNonNull(this.target.existing());
		// a copy belongs to this process, which the set-id bits were not meant for
		int wanted = this.mode.orElse(existing.mode() & ~SET_IDS);
		StagingFile staging = StagingFile.create(this.tools, this.directory, backup,
				(wanted >= 0) ? wanted & 0700 : OWNER);
		try (InputStream in = this.target.directory().openRead(this.target.name())) {
			staging.markAlive();
			staging.write(in);
			carryAttributes(staging.name());
			if (wanted >= 0) {
				this.directory.setMode(staging.name(), wanted);
			}
			staging.sync();
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
			for (Map.Entry<String, byte[]> attribute : this.target.directory()
				.userAttributes(this.target.name())
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

package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;

import io.atomicwrite.artifact.ArtifactKind;

/**
 * Deletes files, or in a dry run only records what would be deleted.
 */
final class Remover {

	private final boolean dryRun;

	private final SweepTally tally;

	Remover(boolean dryRun, SweepTally tally) {
		this.dryRun = dryRun;
		this.tally = tally;
	}

	/**
	 * Returns whether an instant is at least that long ago. An instant in the future is
	 * not.
	 */
	static boolean isOld(Instant then, Instant now, Duration age) {
		return Duration.between(then, now).compareTo(age) >= 0;
	}

	boolean dryRun() {
		return this.dryRun;
	}

	/**
	 * Removes a file.
	 * @return whether this call removed it
	 */
	boolean remove(SweptDirectory directory, String name, ArtifactKind kind, long size) {
		try {
			if (!directory.isStill()) {
				return false;
			}
			if (!this.dryRun) {
				directory.directory().delete(name);
			}
		}
		catch (NoSuchFileException ex) {
			// already deleted by someone else
			return false;
		}
		catch (IOException ex) {
			this.tally.failed(directory.file(name), ex);
			return false;
		}
		removed(directory, name, kind, size);
		return true;
	}

	/** Records a file that other code has removed. */
	void removed(SweptDirectory directory, String name, ArtifactKind kind, long size) {
		if (!this.dryRun) {
			directory.changed();
		}
		this.tally.removed(directory.file(name), kind, size);
	}

	/** Syncs a directory if files were deleted in it. */
	void sync(SweptDirectory directory) {
		if (!directory.takeChanged()) {
			return;
		}
		try {
			directory.sync();
		}
		catch (NoSuchFileException ex) {
			// the directory itself is gone
		}
		catch (IOException ex) {
			this.tally.failed(directory.path(), ex);
		}
	}

}

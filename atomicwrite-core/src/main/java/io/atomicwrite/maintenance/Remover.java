package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.fs.FileOps;

/**
 * Deletes, or pretends to.
 */
final class Remover {

	private final FileOps files;

	private final boolean dryRun;

	private final SweepTally tally;

	Remover(FileOps files, boolean dryRun, SweepTally tally) {
		this.files = files;
		this.dryRun = dryRun;
		this.tally = tally;
	}

	/** Whether something happened at least that long ago; the future is not old. */
	static boolean isOld(Instant then, Instant now, Duration age) {
		return Duration.between(then, now).compareTo(age) >= 0;
	}

	boolean dryRun() {
		return this.dryRun;
	}

	/**
	 * Removes a file.
	 * @return whether it is gone by our doing
	 */
	boolean remove(SweptDirectory directory, Path file, ArtifactKind kind, long size) {
		try {
			if (!directory.isStill(this.files)) {
				return false;
			}
			if (!this.dryRun) {
				this.files.delete(file);
			}
		}
		catch (NoSuchFileException ex) {
			// another was faster
			return false;
		}
		catch (IOException ex) {
			this.tally.failed(file, ex);
			return false;
		}
		removed(directory, file, kind, size);
		return true;
	}

	/** Notes what something else has removed. */
	void removed(SweptDirectory directory, Path file, ArtifactKind kind, long size) {
		if (!this.dryRun) {
			directory.changed();
		}
		this.tally.removed(file, kind, size);
	}

	/** Makes the deletions in a directory durable, if there were any. */
	void sync(SweptDirectory directory) {
		if (!directory.takeChanged()) {
			return;
		}
		try {
			directory.sync(this.files);
		}
		catch (NoSuchFileException ex) {
			// nothing is left to be made durable
		}
		catch (IOException ex) {
			this.tally.failed(directory.path(), ex);
		}
	}

}

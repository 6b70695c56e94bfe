package io.atomicwrite.maintenance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.lock.LockFileRegistry;
import io.atomicwrite.lock.LockRegistry;

/**
 * Removes lock files without a holder, always through the lock registry; with a registry
 * that has no lock files, none.
 */
final class LockSweep {

	/** A lock file is never larger than this. */
	private static final int LARGEST = 4096;

	private final LockRegistry locks;

	private final OrphanJudge judge;

	private final Remover remover;

	private final SweepTally tally;

	LockSweep(FileOps files, LockRegistry locks, Remover remover, SweepTally tally) {
		this.locks = locks;
		this.judge = new OrphanJudge(files, locks);
		this.remover = remover;
		this.tally = tally;
	}

	void removeIfLeftOver(SweptDirectory directory, String name, String stem, FileStat stat) throws IOException {
		Path target = directory.file(stem);
		Path file = directory.file(name);
		// the lock file of a symbolic link is beside the file that it points to
		if (stat.size() > LARGEST || directory.directory().kind(stem) == FileStat.Kind.LINK || !directory.isStill()) {
			return;
		}
		if (this.remover.dryRun() ? this.judge.isLeftover(target, file) : release(file, target)) {
			this.remover.removed(directory, name, ArtifactKind.LOCK, stat.size());
		}
	}

	/** Returns whether nobody holds it, without a change. */
	boolean isLeftOver(SweptDirectory directory, String name, String stem) throws IOException {
		return directory.directory().kind(stem) != FileStat.Kind.LINK
				&& this.judge.isLeftover(directory.file(stem), directory.file(name));
	}

	private boolean release(Path file, Path target) {
		try {
			return this.locks instanceof LockFileRegistry registry && registry.releaseLeftover(target, file);
		}
		catch (UncheckedIOException ex) {
			// a file with data is not a lock file; leaving it is not a failure
			if (this.judge.isLeftover(target, file)) {
				this.tally.failed(file, (ex.getCause() != null) ? IoErrors.text(ex.getCause()) : ex.toString());
			}
			return false;
		}
		catch (AtomicWriteException ex) {
			this.tally.failed(file, ex);
			return false;
		}
	}

}

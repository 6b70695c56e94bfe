package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.fs.CanonicalTarget;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * Ensures that only one thread of one process at a time sweeps or recovers a directory,
 * and determines the time to compare file times with.
 */
final class DirectoryTurn {

	/** The target whose lease is held during a sweep or a recovery of a directory. */
	static final String LEASE = ".atomicwrite-housekeeping";

	private final FileOps files;

	private final LockRegistry locks;

	private final InstantSource clock;

	DirectoryTurn(FileOps files, LockRegistry locks, InstantSource clock) {
		this.files = files;
		this.locks = locks;
		this.clock = clock;
	}

	/**
	 * Performs the work, unless another thread or process holds the directory.
	 * @param directory the directory
	 * @param dryRun whether to create nothing, and therefore to hold no lease
	 * @param tally records failures
	 * @param work the work
	 * @return the outcome
	 */
	Outcome take(Path directory, boolean dryRun, SweepTally tally, Work work) {
		Path root = directory;
		try {
			root = CanonicalTarget.directory(this.files, directory);
			FileStat stat = this.files.stat(root);
			if (stat == null || stat.kind() != FileStat.Kind.DIRECTORY) {
				tally.failed(root, "Not a directory");
				return new Outcome(root, false, false);
			}
			return dryRun ? look(root, stat, work) : takeAlone(root, stat, tally, work);
		}
		catch (IOException ex) {
			tally.failed(root, ex);
			return new Outcome(root, false, false);
		}
	}

	private Outcome look(Path root, FileStat stat, Work work) throws IOException {
		if (new OrphanJudge(this.files, this.locks).isHeld(root.resolve(LEASE))) {
			return new Outcome(root, true, false);
		}
		return new Outcome(root, false, work.run(root, stat, new Clocks(this.clock.instant(), this.clock.instant())));
	}

	private Outcome takeAlone(Path root, FileStat stat, SweepTally tally, Work work) throws IOException {
		Path target = root.resolve(LEASE);
		try (LockLeases lease = this.locks.acquireResolved(List.of(target), LockRequest.failFast())) {
			return new Outcome(root, false, work.run(root, stat, clocks(root)));
		}
		catch (LockNotAcquiredException ex) {
			if (ex.reason() == Reason.FAILED) {
				tally.failed(root, ex);
			}
			return new Outcome(root, ex.reason() == Reason.BUSY, false);
		}
	}

	/**
	 * Returns this clock and that of the filesystem, which has just stamped the lock
	 * file.
	 */
	private Clocks clocks(Path root) throws IOException {
		Instant here = this.clock.instant();
		int limit = NameLimit.of(this.files, root, LEASE);
		FileStat lock = this.files.stat(root.resolve(ArtifactNames.lock(LEASE, limit)));
		return new Clocks(here, (lock != null) ? lock.modified() : here);
	}

	/**
	 * The work in a directory.
	 */
	@FunctionalInterface
	interface Work {

		/**
		 * Performs the work.
		 * @param root the canonical path of the directory
		 * @param stat its attributes
		 * @param now the clocks that ages are relative to
		 * @return whether it completed
		 */
		boolean run(Path root, FileStat stat, Clocks now) throws IOException;

	}

	/**
	 * The outcome of the work.
	 *
	 * @param root the directory, as a canonical path if it exists
	 * @param skipped whether another thread or process held the directory
	 * @param complete whether the work completed
	 */
	record Outcome(Path root, boolean skipped, boolean complete) {
	}

}

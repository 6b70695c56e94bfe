package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * Lets one thread of one process at a time put a directory in order, and tells it what
 * time it is there.
 */
final class DirectoryTurn {

	/** The target whose lease says that a directory is being put in order. */
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
	 * Does the work, unless another is at it.
	 * @param directory the directory
	 * @param dryRun whether to create nothing, and so to have no lease
	 * @param tally is told what fails
	 * @param work what to do
	 * @return what became of it
	 */
	Outcome take(Path directory, boolean dryRun, SweepTally tally, Work work) {
		Path root = directory;
		try {
			root = this.files.canonical(directory);
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
		return new Outcome(root, false, work.run(root, stat, this.clock.instant()));
	}

	private Outcome takeAlone(Path root, FileStat stat, SweepTally tally, Work work) throws IOException {
		Path target = root.resolve(LEASE);
		try (LockLeases lease = this.locks.acquireResolved(List.of(target), LockRequest.failFast())) {
			return new Outcome(root, false, work.run(root, stat, earlierClock(target)));
		}
		catch (LockNotAcquiredException ex) {
			if (ex.reason() == Reason.FAILED) {
				tally.failed(root, ex);
			}
			return new Outcome(root, ex.reason() == Reason.BUSY, false);
		}
	}

	/**
	 * The time by this clock or by that of the filesystem, which has just stamped the
	 * lock file: by the earlier one nothing seems older than it is.
	 */
	private Instant earlierClock(Path target) throws IOException {
		Instant here = this.clock.instant();
		FileStat lock = this.files.stat(target.resolveSibling(ArtifactNames.lock(LEASE, ArtifactNames.USUAL_LIMIT)));
		return (lock != null && lock.modified().isBefore(here)) ? lock.modified() : here;
	}

	/**
	 * What is done in a directory.
	 */
	@FunctionalInterface
	interface Work {

		/**
		 * Does it.
		 * @param root the directory without links
		 * @param stat its status
		 * @param now the time by which things are old
		 * @return whether it came to its end
		 */
		boolean run(Path root, FileStat stat, Instant now) throws IOException;

	}

	/**
	 * What became of the work.
	 *
	 * @param root the directory, without links if it exists
	 * @param skipped whether another was at it
	 * @param complete whether it came to its end
	 */
	record Outcome(Path root, boolean skipped, boolean complete) {
	}

}

package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * Takes away what writes leave behind: orphans, leftover lock files, backups beyond a
 * limit, and probe files. Never disturbs a writer that lives, in this process or another,
 * and touches nothing that it does not recognise. Thread-safe.
 * {@code docs/concepts/housekeeping.md} tells by what it judges.
 *
 * <p>
 * One thread of one process sweeps a directory at a time; another one is told that it was
 * skipped. Where locks do not keep hosts apart, and with a registry that does not exclude
 * other processes, nobody can tell what is in use: staging files and lock files stay.
 */
public final class Housekeeper {

	/** The target whose lease says that a directory is being swept. */
	static final String LEASE = ".atomicwrite-housekeeping";

	/** Longer than a writer is held up between two system calls. */
	static final Duration PAUSE = Duration.ofSeconds(2);

	static final SweepListener NO_LISTENER = new SweepListener() {
	};

	private final FileOps files;

	private final LockRegistry locks;

	private final InstantSource clock;

	private final Duration pause;

	private final LockTrust trust;

	/**
	 * Creates a housekeeper.
	 * @param files the file operations
	 * @param locks the registry of which writers have their leases
	 * @param clock the clock by which things are old, unless the filesystem's is behind
	 */
	public Housekeeper(FileOps files, LockRegistry locks, InstantSource clock) {
		this(files, locks, clock, PAUSE);
	}

	Housekeeper(FileOps files, LockRegistry locks, InstantSource clock, Duration pause) {
		this.files = files;
		this.locks = locks;
		this.clock = clock;
		this.pause = pause;
		this.trust = new LockTrust(files, locks);
	}

	/**
	 * Sweeps a directory.
	 * @param directory the directory
	 * @param options what to take away
	 * @return what was done; a failure ends nothing, and is reported
	 */
	public SweepReport sweep(Path directory, SweepOptions options) {
		return sweep(directory, options, NO_LISTENER);
	}

	/**
	 * Sweeps a directory. An interrupt ends the sweep early and leaves the flag of the
	 * thread set.
	 * @param directory the directory
	 * @param options what to take away
	 * @param listener is told what is done
	 * @return what was done; a failure ends nothing, and is reported
	 */
	public SweepReport sweep(Path directory, SweepOptions options, SweepListener listener) {
		SweepTally tally = new SweepTally(listener);
		Path root = directory;
		try {
			root = this.files.canonical(directory);
			FileStat stat = this.files.stat(root);
			if (stat == null || stat.kind() != FileStat.Kind.DIRECTORY) {
				tally.failed(root, "Not a directory");
				return tally.report(root, options.dryRun(), false, true);
			}
			return options.dryRun() ? look(root, stat, options, tally) : sweep(root, stat, options, tally);
		}
		catch (IOException ex) {
			tally.failed(root, ex);
			return tally.report(root, options.dryRun(), false, true);
		}
	}

	/** A dry run creates nothing, so it has no lease either. */
	private SweepReport look(Path root, FileStat stat, SweepOptions options, SweepTally tally) throws IOException {
		if (new OrphanJudge(this.files, this.locks).isHeld(root.resolve(LEASE))) {
			return tally.report(root, true, true, false);
		}
		boolean complete = walk(root, stat, options, tally, this.clock.instant());
		return tally.report(root, true, false, complete);
	}

	private SweepReport sweep(Path root, FileStat stat, SweepOptions options, SweepTally tally) throws IOException {
		Path target = root.resolve(LEASE);
		try (LockLease lease = this.locks.acquire(target, LockRequest.failFast().forCanonicalTarget())) {
			boolean complete = walk(root, stat, options, tally, earlierClock(target));
			return tally.report(root, false, false, complete);
		}
		catch (LockNotAcquiredException ex) {
			if (ex.reason() == Reason.FAILED) {
				tally.failed(root, ex);
			}
			return tally.report(root, false, ex.reason() == Reason.BUSY, false);
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

	private boolean walk(Path root, FileStat stat, SweepOptions options, SweepTally tally, Instant now)
			throws IOException {
		Remover remover = new Remover(this.files, options.dryRun(), tally);
		Sweep.Judges judges = new Sweep.Judges(this.trust.holds(root),
				new OrphanSweep(this.files, this.locks, remover, tally, this.pause),
				new LockSweep(this.files, this.locks, remover, tally),
				new BackupSweep(this.files, this.locks, remover, tally, options, now));
		return new Sweep(this.files, options, tally, remover, judges, now).run(root, stat);
	}

}

package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.DirectoryTurn.Outcome;
import org.jspecify.annotations.Nullable;

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

	/** Longer than a writer is held up between two system calls. */
	static final Duration PAUSE = Duration.ofSeconds(2);

	static final SweepListener NO_LISTENER = new SweepListener() {
	};

	private final FileOps files;

	private final LockRegistry locks;

	private final DirectoryTurn turn;

	private final Pause pause;

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
		this(files, locks, clock, new Pause(pause));
	}

	Housekeeper(FileOps files, LockRegistry locks, InstantSource clock, Pause pause) {
		this.files = files;
		this.locks = locks;
		this.turn = new DirectoryTurn(files, locks, clock);
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
		Outcome outcome = this.turn.take(directory, options.dryRun(), tally,
				(root, stat, now) -> walk(root, stat, options, tally, now));
		return tally.report(outcome.root(), options.dryRun(), outcome.skipped(), outcome.complete());
	}

	private boolean walk(Path root, FileStat stat, SweepOptions options, SweepTally tally, Instant now)
			throws IOException {
		boolean complete = sweep(root, stat, null, options, tally, now);
		Path backups = backupsElsewhere(root, options);
		if (complete && backups != null) {
			FileStat found = this.files.stat(backups);
			return found == null
					|| sweep(backups, found, root, options.toBuilder().recursive(false).build(), tally, now);
		}
		return complete;
	}

	/** The directory of backups that the walk through the tree does not come to. */
	private @Nullable Path backupsElsewhere(Path root, SweepOptions options) throws IOException {
		if (options.backupDirectory() == null) {
			return null;
		}
		Path directory = root.resolve(options.backupDirectory()).normalize();
		if (directory.equals(root) || (options.recursive() && directory.startsWith(root))
				|| this.files.kind(directory) != FileStat.Kind.DIRECTORY) {
			return null;
		}
		return this.files.canonical(directory);
	}

	private boolean sweep(Path root, FileStat stat, @Nullable Path targets, SweepOptions options, SweepTally tally,
			Instant now) throws IOException {
		Remover remover = new Remover(this.files, options.dryRun(), tally);
		Sweep.Judges judges = new Sweep.Judges(this.trust.holds(root),
				new OrphanSweep(this.files, this.locks, remover, tally, this.pause),
				new LockSweep(this.files, this.locks, remover, tally),
				new BackupSweep(this.files, this.locks, remover, tally, options, now, targets), null);
		return new Sweep(this.files, options, tally, remover, judges, now).run(root, stat);
	}

}

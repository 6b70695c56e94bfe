package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import io.atomicwrite.fs.CanonicalTarget;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.DirectoryTurn.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Removes what writes leave behind: orphans, leftover lock files, backups beyond a limit,
 * and probe files. It never disturbs a live writer, in this process or another, and
 * touches no file that it does not recognise. {@code docs/concepts/housekeeping.md}
 * explains the criteria. Thread-safe.
 *
 * <p>
 * Only one thread of one process sweeps a directory at a time; the report of any other
 * says that it was skipped. On a filesystem whose locks do not exclude other hosts, or
 * with a registry that does not exclude other processes, it is unknown which files are in
 * use, so staging files and lock files are kept.
 */
public final class Housekeeper {

	/** Longer than a writer takes between two system calls. */
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
	 * @param locks the registry that writers acquire their leases from
	 * @param clock the clock that ages are relative to, unless that of the filesystem is
	 * behind
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
	 * @param options what to remove
	 * @return the report; a failure is listed in it and does not end the sweep
	 */
	public SweepReport sweep(Path directory, SweepOptions options) {
		return sweep(directory, options, NO_LISTENER);
	}

	/**
	 * Sweeps a directory. An interrupt ends the sweep early; the interrupt flag of the
	 * thread stays set.
	 * @param directory the directory
	 * @param options what to remove
	 * @param listener notified of each removal and failure
	 * @return the report; a failure is listed in it and does not end the sweep
	 */
	public SweepReport sweep(Path directory, SweepOptions options, SweepListener listener) {
		SweepTally tally = new SweepTally(listener);
		Outcome outcome = this.turn.take(directory, options.dryRun(), tally,
				(root, stat, now) -> walk(root, stat, options, tally, now));
		return tally.report(outcome.root(), options.dryRun(), outcome.skipped(), outcome.complete());
	}

	private boolean walk(Path root, FileStat stat, SweepOptions options, SweepTally tally, Clocks now)
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

	/**
	 * Returns the separate directory of backups, or {@code null} if there is none or the
	 * sweep visits it anyway.
	 */
	private @Nullable Path backupsElsewhere(Path root, SweepOptions options) throws IOException {
		if (options.backupDirectory() == null) {
			return null;
		}
		Path directory = root.resolve(options.backupDirectory()).normalize();
		if (directory.equals(root) || (options.recursive() && directory.startsWith(root))
				|| this.files.kind(directory) != FileStat.Kind.DIRECTORY) {
			return null;
		}
		return CanonicalTarget.directory(this.files, directory);
	}

	private boolean sweep(Path root, FileStat stat, @Nullable Path targets, SweepOptions options, SweepTally tally,
			Clocks now) throws IOException {
		Remover remover = new Remover(options.dryRun(), tally);
		Sweep.Judges judges = new Sweep.Judges(this.trust.holds(root),
				new OrphanSweep(this.files, this.locks, remover, tally, this.pause),
				new LockSweep(this.files, this.locks, remover, tally),
				new BackupSweep(this.files, this.locks, remover, tally, options, now.earlier(), targets), null);
		return new Sweep(this.files, options, tally, remover, judges, now).run(root, stat);
	}

}

package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.concurrent.ThreadLocalRandom;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.checksum.Sidecars;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.manifest.Manifests;
import io.atomicwrite.maintenance.DirectoryTurn.Outcome;

/**
 * Cleans up a directory after a crash: disposes of staging files whose writer is provably
 * gone, and settles the sidecars of interrupted writes. It never disturbs a live writer,
 * and it reports doubtful files without changing them. Targets are intact even without a
 * recovery. Thread-safe.
 */
public final class Recovery {

	private final FileOps files;

	private final LockRegistry locks;

	private final DirectoryTurn turn;

	private final Pause pause;

	private final Sidecars sidecars;

	private final Manifests manifests;

	/**
	 * Creates a recovery.
	 * @param files the file operations
	 * @param locks the registry that writers acquire their leases from
	 * @param clock the clock that ages are relative to
	 */
	public Recovery(FileOps files, LockRegistry locks, InstantSource clock) {
		this(files, locks, clock, Housekeeper.PAUSE);
	}

	Recovery(FileOps files, LockRegistry locks, InstantSource clock, Duration pause) {
		this(files, locks, clock, new Pause(pause));
	}

	Recovery(FileOps files, LockRegistry locks, InstantSource clock, Pause pause) {
		this.files = files;
		this.locks = locks;
		this.turn = new DirectoryTurn(files, locks, clock);
		this.pause = pause;
		Tools tools = new Tools(files, () -> ThreadLocalRandom.current().nextLong(), clock);
		this.sidecars = new Sidecars(tools);
		this.manifests = new Manifests(tools);
	}

	/**
	 * Recovers a directory. An interrupt ends the recovery early; the interrupt flag of
	 * the thread stays set.
	 * @param directory the directory
	 * @param options the options
	 * @return the report; a failure is listed in it and does not end the recovery
	 */
	public RecoveryReport recover(Path directory, RecoveryOptions options) {
		SweepTally tally = new SweepTally(Housekeeper.NO_LISTENER);
		RecoverySteps steps = new RecoverySteps();
		Outcome outcome = this.turn.take(directory, options.dryRun(), tally,
				(root, stat, now) -> walk(root, stat, options, tally, steps, now));
		SweepReport counted = tally.report(outcome.root(), options.dryRun(), outcome.skipped(), outcome.complete());
		return new RecoveryReport(counted.directory(), counted.dryRun(), counted.skipped(), counted.complete(),
				steps.all(), counted.alive(), counted.youngCount(), counted.failures());
	}

	/**
	 * Processes the sidecars last, because they show which staging files are complete.
	 */
	private boolean walk(Path root, FileStat stat, RecoveryOptions options, SweepTally tally, RecoverySteps steps,
			Clocks now) throws IOException {
		Remover remover = new Remover(options.dryRun(), tally);
		SweepOptions sweep = SweepOptions.builder()
			.recursive(options.recursive())
			.orphanAge(options.orphanAge())
			.backupSuffix(options.backupSuffix())
			.kinds(EnumSet.of(ArtifactKind.STAGING))
			.build();
		OrphanSweep orphans = new OrphanSweep(this.files, this.locks, remover, tally, this.pause,
				new OrphanRecovery(this.sidecars, this.manifests, remover, options, steps));
		Sweep.Judges judges = new Sweep.Judges(new LockTrust(this.files, this.locks).holds(root), orphans,
				new LockSweep(this.files, this.locks, remover, tally),
				new BackupSweep(this.files, this.locks, remover, tally, sweep, now.earlier(), null),
				new SidecarSettlement(this.sidecars,
						new ManifestSettlement(this.manifests, this.locks, options, tally, steps), this.locks, options,
						remover, tally, steps));
		return new Sweep(this.files, sweep, tally, remover, judges, now).run(root, stat) && (!options.sidecars()
				|| new Sweep(this.files, sweep.toBuilder().kinds(EnumSet.of(ArtifactKind.SIDECAR)).build(), tally,
						remover, judges, now)
					.run(root, stat));
	}

}

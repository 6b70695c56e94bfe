package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.DirectoryTurn.Outcome;
import io.atomicwrite.maintenance.RecoveryReport.Step;

/**
 * Puts a directory in order after a crash: decides about staging files whose writer is
 * provably gone, and settles sidecars of writes that were cut off. Never disturbs a
 * writer that lives, and leaves to a person what is doubtful. A target is right without
 * it; what it adds is order.
 */
public final class Recovery {

	private final FileOps files;

	private final LockRegistry locks;

	private final DirectoryTurn turn;

	private final Duration pause;

	/**
	 * Creates a recovery.
	 * @param files the file operations
	 * @param locks the registry of which writers have their leases
	 * @param clock the clock by which things are old
	 */
	public Recovery(FileOps files, LockRegistry locks, InstantSource clock) {
		this(files, locks, clock, Housekeeper.PAUSE);
	}

	Recovery(FileOps files, LockRegistry locks, InstantSource clock, Duration pause) {
		this.files = files;
		this.locks = locks;
		this.turn = new DirectoryTurn(files, locks, clock);
		this.pause = pause;
	}

	/**
	 * Recovers a directory, not those below it.
	 * @param directory the directory
	 * @param options how
	 * @return what was found and done; a failure ends nothing, and is reported
	 */
	public RecoveryReport recover(Path directory, RecoveryOptions options) {
		SweepTally tally = new SweepTally(Housekeeper.NO_LISTENER);
		List<Step> steps = new ArrayList<>();
		Outcome outcome = this.turn.take(directory, options.dryRun(), tally, (root, stat, now) -> {
			walk(root, stat, options, tally, steps, now);
			return true;
		});
		SweepReport counted = tally.report(outcome.root(), options.dryRun(), outcome.skipped(), outcome.complete());
		return new RecoveryReport(counted.directory(), counted.dryRun(), counted.skipped(), steps, counted.alive(),
				counted.failures());
	}

	private void walk(Path root, FileStat stat, RecoveryOptions options, SweepTally tally, List<Step> steps,
			Instant now) throws IOException {
		SweptDirectory directory = new SweptDirectory(root, stat);
		Remover remover = new Remover(this.files, options.dryRun(), tally);
		OrphanRecovery disposal = new OrphanRecovery(this.files, remover, options, steps);
		OrphanSweep orphans = new OrphanSweep(this.files, this.locks, remover, tally, this.pause, disposal);
		List<String> sidecars = new ArrayList<>();
		boolean provable = new LockTrust(this.files, this.locks).holds(root);
		this.files.list(root, (name) -> {
			Artifact artifact = ArtifactNames.parse(name, options.backupSuffix());
			if (artifact != null && artifact.kind() == ArtifactKind.SIDECAR) {
				if (options.sidecars()) {
					sidecars.add(name);
				}
			}
			else if (provable && artifact != null && artifact.kind() == ArtifactKind.STAGING) {
				FileStat found = this.files.stat(root.resolve(name));
				if (found != null && found.isRegular() && Remover.isOld(found.modified(), now, options.orphanAge())) {
					orphans.suspect(directory, name, artifact, found);
				}
			}
		});
		orphans.finish();
		remover.sync(directory);
		SidecarSettlement settlement = new SidecarSettlement(this.files, this.locks, options, remover, tally, steps);
		sidecars.forEach((name) -> settlement.settle(directory, name));
		remover.sync(directory);
	}

}

package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * A walk through a directory and, if requested, its subdirectories. The only list that it
 * holds in memory is a bounded one of directories to visit.
 */
final class Sweep {

	/** No diagnosis takes longer than this. */
	private static final Duration PROBE_AGE = Duration.ofMinutes(10);

	private static final long MAX_PENDING_CHARACTERS = 4 << 20;

	private static final int MAX_NESTING = 64;

	private final FileOps files;

	private final SweepOptions options;

	private final SweepTally tally;

	private final Remover remover;

	private final Judges judges;

	private final Clocks now;

	private final long maxPendingCharacters;

	private final Deque<Path> pending = new ArrayDeque<>();

	private long pendingCharacters;

	private int nesting;

	private long device;

	Sweep(FileOps files, SweepOptions options, SweepTally tally, Remover remover, Judges judges, Clocks now) {
		this(files, options, tally, remover, judges, now, MAX_PENDING_CHARACTERS);
	}

	Sweep(FileOps files, SweepOptions options, SweepTally tally, Remover remover, Judges judges, Clocks now,
			long maxPendingCharacters) {
		this.files = files;
		this.options = options;
		this.tally = tally;
		this.remover = remover;
		this.judges = judges;
		this.now = now;
		this.maxPendingCharacters = maxPendingCharacters;
	}

	/**
	 * Sweeps.
	 * @return whether the sweep completed
	 */
	boolean run(Path root, FileStat stat) {
		this.device = stat.device();
		push(root);
		try {
			while (!this.pending.isEmpty()) {
				Path next = this.pending.pop();
				this.pendingCharacters -= next.toString().length();
				visit(next);
			}
			this.judges.orphans.finish();
			return true;
		}
		catch (Ended ex) {
			return false;
		}
		finally {
			this.judges.orphans.abandon();
		}
	}

	static void endIfInterrupted() {
		if (Thread.currentThread().isInterrupted()) {
			throw new Ended();
		}
	}

	private void push(Path directory) {
		this.pending.push(directory);
		this.pendingCharacters += directory.toString().length();
	}

	private void visit(Path path) {
		try {
			try (SweptDirectory directory = SweptDirectory.open(this.files, path)) {
				FileStat stat = directory.directory().stat();
				if (stat.device() == this.device) {
					sweepAndSync(directory);
				}
			}
		}
		catch (NoSuchFileException | NotDirectoryException ex) {
			// deleted in the meantime
		}
		catch (IOException ex) {
			this.tally.failed(path, ex);
		}
	}

	private void sweepAndSync(SweptDirectory directory) throws IOException {
		try {
			sweep(directory);
		}
		finally {
			this.remover.sync(directory);
		}
	}

	private void sweep(SweptDirectory directory) throws IOException {
		boolean[] backups = new boolean[1];
		directory.directory().list((name) -> {
			endIfInterrupted();
			this.tally.examined();
			Artifact artifact = ArtifactNames.parse(name, this.options.backupSuffix());
			try {
				if (artifact == null) {
					descendIfDirectory(directory, name);
				}
				else {
					backups[0] |= artifact(directory, name, artifact);
				}
			}
			catch (NoSuchFileException ex) {
				// deleted in the meantime
			}
			catch (InvalidPathException ex) {
				// a name that Java can't represent is not ours
			}
			catch (IOException ex) {
				this.tally.failed(directory.file(name), ex);
			}
		});
		if (backups[0]) {
			this.judges.backups.sweep(directory);
		}
	}

	/**
	 * Handles an artifact. Returns whether it is a backup to be checked after the
	 * listing.
	 */
	private boolean artifact(SweptDirectory directory, String name, Artifact artifact) throws IOException {
		switch (artifact.kind()) {
			case BACKUP -> {
				descendIfDirectory(directory, name);
				return this.judges.backups.limited();
			}
			case SIDECAR -> {
				descendIfDirectory(directory, name);
				Artifact of = ArtifactNames.parse(artifact.stem(), this.options.backupSuffix());
				boolean ofBackup = artifact.shortened() || (of != null && of.kind() == ArtifactKind.BACKUP);
				if (ofBackup && !ArtifactNames.isManifest(name)) {
					directory.foundBackupSidecar(name.substring(artifact.stem().length() + 1));
				}
				SidecarSettlement settlement = this.judges.sidecars;
				if (settlement != null && this.options.kinds().contains(ArtifactKind.SIDECAR)) {
					settlement.settle(directory, name);
				}
			}
			case STAGING, LOCK, PROBE -> {
				FileStat stat = directory.directory().stat(name);
				if (stat != null && stat.kind() == FileStat.Kind.DIRECTORY) {
					descend(directory.file(name));
				}
				else if (stat != null && stat.isRegular() && this.options.kinds().contains(artifact.kind())) {
					removeIfLeftBehind(directory, name, artifact, stat);
				}
			}
		}
		return false;
	}

	private void removeIfLeftBehind(SweptDirectory directory, String name, Artifact artifact, FileStat stat)
			throws IOException {
		if (artifact.kind() != ArtifactKind.PROBE && !this.judges.trustLocks) {
			return;
		}
		if (!isOldEnough(artifact.kind(), stat)) {
			if (isUnused(directory, name, artifact, stat)) {
				this.tally.young(artifact.kind());
			}
			return;
		}
		switch (artifact.kind()) {
			case PROBE -> {
				if (this.files.lockHolder(stat).isEmpty()) {
					this.remover.remove(directory, name, ArtifactKind.PROBE, stat.size());
				}
			}
			case LOCK -> this.judges.locks.removeIfLeftOver(directory, name, artifact.stem(), stat);
			case STAGING -> this.judges.orphans.suspect(directory, name, artifact, stat);
			case BACKUP, SIDECAR -> throw new IllegalArgumentException(name);
		}
	}

	private boolean isOldEnough(ArtifactKind kind, FileStat stat) {
		return switch (kind) {
			case PROBE -> isOld(stat, this.options.orphanAge()) && isOld(stat, PROBE_AGE);
			case LOCK -> isOld(stat, this.options.lockAge());
			// whether its writer lives is shown by locks; a clock that was set back shows
			// nothing
			default -> this.now.isFarFrom(stat.modified(), this.options.orphanAge());
		};
	}

	/**
	 * Whether it stays because of its age alone. What is in use stays however old it is.
	 */
	private boolean isUnused(SweptDirectory directory, String name, Artifact artifact, FileStat stat)
			throws IOException {
		return switch (artifact.kind()) {
			// no age that can be chosen includes it
			case PROBE -> false;
			case LOCK -> this.judges.locks.isLeftOver(directory, name, artifact.stem());
			default -> this.judges.orphans.isWithoutWriter(directory, artifact, stat);
		};
	}

	private boolean isOld(FileStat stat, Duration age) {
		return this.now.isOld(stat.modified(), age);
	}

	private void descendIfDirectory(SweptDirectory directory, String name) throws IOException {
		if (this.options.recursive() && directory.directory().kind(name) == FileStat.Kind.DIRECTORY) {
			descend(directory.file(name));
		}
	}

	private void descend(Path directory) throws IOException {
		if (!this.options.recursive() || this.files.isMountPoint(directory)) {
			return;
		}
		if (this.pendingCharacters < this.maxPendingCharacters || this.nesting >= MAX_NESTING) {
			push(directory);
			return;
		}
		// the list is full: visit it now
		this.nesting++;
		try {
			visit(directory);
		}
		finally {
			this.nesting--;
		}
	}

	/**
	 * The judges for each kind of artifact.
	 *
	 * @param trustLocks whether a free lock proves that no writer is active
	 * @param sidecars settles sidecars, or {@code null} to leave them
	 */
	record Judges(boolean trustLocks, OrphanSweep orphans, LockSweep locks, BackupSweep backups,
			@Nullable SidecarSettlement sidecars) {
	}

	/**
	 * Thrown to end a sweep early.
	 */
	private static final class Ended extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Ended() {
			super("interrupted", null, false, false);
		}

	}

}

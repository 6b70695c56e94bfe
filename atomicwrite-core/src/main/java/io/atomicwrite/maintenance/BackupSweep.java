package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.artifact.BackupGeneration;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.maintenance.NewestBackups.Share;
import org.jspecify.annotations.Nullable;

/**
 * Removes backups that are too old or too many, each with its sidecar.
 */
final class BackupSweep {

	private static final String[] SIDECARS = { ".sha256", ".sha384", ".sha512" };

	private final FileOps files;

	private final LockRegistry locks;

	private final Remover remover;

	private final SweepTally tally;

	private final SweepOptions options;

	private final Instant now;

	BackupSweep(FileOps files, LockRegistry locks, Remover remover, SweepTally tally, SweepOptions options,
			Instant now) {
		this.files = files;
		this.locks = locks;
		this.remover = remover;
		this.tally = tally;
		this.options = options;
		this.now = now;
	}

	boolean limited() {
		return this.options.backupAge() != null || this.options.keepBackups() != null;
	}

	/**
	 * Removes a backup that is too old.
	 * @return whether it is one that stays and counts
	 */
	boolean removeIfOld(SweptDirectory directory, String name, Artifact artifact, FileStat stat) throws IOException {
		Backup backup = Backup.of(name, artifact, stat);
		if (backup == null) {
			return false;
		}
		if (isOld(backup)) {
			remove(directory, backup);
			return false;
		}
		return this.options.keepBackups() != null;
	}

	private boolean isOld(Backup backup) {
		return this.options.backupAge() != null && Remover.isOld(backup.made(), this.now, this.options.backupAge());
	}

	/**
	 * Removes the backups of each target that are more than are to stay. Lists the
	 * directory twice, and twice again as often as there are too many targets to hold.
	 */
	void removeSurplus(SweptDirectory directory) throws IOException {
		Integer keep = this.options.keepBackups();
		if (keep == null) {
			return;
		}
		Deque<Share> shares = new ArrayDeque<>();
		shares.push(Share.ALL);
		while (!shares.isEmpty()) {
			NewestBackups newest = new NewestBackups(keep, shares.pop());
			forEach(directory, newest, (backup) -> {
				Share given = newest.add(backup.target(), backup.rank());
				if (given != null) {
					shares.push(given);
				}
			});
			forEach(directory, newest, (backup) -> {
				if (newest.isSurplus(backup.target(), backup.rank())) {
					remove(directory, backup);
				}
			});
		}
	}

	private void forEach(SweptDirectory directory, NewestBackups newest, BackupVisitor visitor) throws IOException {
		this.files.list(directory.path(), (name) -> {
			Sweep.endIfInterrupted();
			Artifact artifact = ArtifactNames.parse(name);
			if (artifact == null || artifact.kind() != ArtifactKind.BACKUP || !newest.share().has(artifact.stem())) {
				return;
			}
			FileStat stat = Sweep.stat(this.files, directory, name);
			Backup backup = (stat != null && stat.isRegular()) ? Backup.of(name, artifact, stat) : null;
			if (backup != null && !isOld(backup)) {
				visitor.visit(backup);
			}
		});
	}

	private void remove(SweptDirectory directory, Backup backup) throws IOException {
		if (!backup.generation.plain() || this.remover.dryRun()) {
			removeWithSidecar(directory, backup);
			return;
		}
		// a write may be about to put a new backup in its place
		Path target = directory.file(backup.target());
		try (LockLease lease = this.locks.acquire(target, LockRequest.failFast().forCanonicalTarget())) {
			FileStat still = this.files.stat(directory.file(backup.name));
			if (backup.stat.equals(still)) {
				removeWithSidecar(directory, backup);
			}
		}
		catch (LockNotAcquiredException ex) {
			if (ex.reason() == Reason.FAILED) {
				this.tally.failed(directory.file(backup.name), ex.getMessage());
			}
		}
	}

	private void removeWithSidecar(SweptDirectory directory, Backup backup) throws IOException {
		Path file = directory.file(backup.name);
		if (!this.remover.remove(directory, file, ArtifactKind.BACKUP, backup.stat.size())) {
			return;
		}
		for (String suffix : SIDECARS) {
			Path sidecar = directory.file(backup.name + suffix);
			if (this.files.kind(sidecar) == FileStat.Kind.REGULAR) {
				this.remover.remove(directory, sidecar, ArtifactKind.SIDECAR, size(sidecar));
			}
		}
	}

	private long size(Path file) throws IOException {
		FileStat stat = this.files.stat(file);
		return (stat != null) ? stat.size() : 0;
	}

	private interface BackupVisitor {

		void visit(Backup backup) throws IOException;

	}

	/**
	 * A backup that was found.
	 */
	private record Backup(String name, String target, BackupGeneration generation, FileStat stat) {

		static @Nullable Backup of(String name, Artifact artifact, FileStat stat) {
			BackupGeneration generation = ArtifactNames.generation(name);
			return (generation != null) ? new Backup(name, artifact.stem(), generation, stat) : null;
		}

		Instant made() {
			return (this.generation.made() != null) ? this.generation.made() : this.stat.modified();
		}

		long rank() {
			return NewestBackups.rank(this.generation, this.stat.modified());
		}

	}

}

package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.artifact.BackupGeneration;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.checksum.Sidecars;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.maintenance.NewestBackups.Share;
import org.jspecify.annotations.Nullable;

/**
 * Removes backups that are too old or too many, together with their sidecars.
 */
final class BackupSweep {

	private final FileOps files;

	private final LockRegistry locks;

	private final Remover remover;

	private final SweepTally tally;

	private final SweepOptions options;

	private final Instant now;

	/** The directory of the targets, or {@code null} if backups are beside them. */
	private final @Nullable Path targets;

	BackupSweep(FileOps files, LockRegistry locks, Remover remover, SweepTally tally, SweepOptions options, Instant now,
			@Nullable Path targets) {
		this.files = files;
		this.targets = targets;
		this.locks = locks;
		this.remover = remover;
		this.tally = tally;
		this.options = options;
		this.now = now;
	}

	boolean limited() {
		return this.options.kinds().contains(ArtifactKind.BACKUP)
				&& (this.options.backupAge() != null || this.options.keepBackups() != null);
	}

	/**
	 * Removes the backups that are too old, and those beyond the number to keep. Counting
	 * needs two listings of the directory, and two more each time the targets do not fit
	 * in memory and are divided.
	 */
	void sweep(SweptDirectory directory) throws IOException {
		Integer keep = this.options.keepBackups();
		if (keep == null) {
			forEach(directory, Share.ALL, (backup) -> {
				if (isOld(backup)) {
					remove(directory, backup);
				}
			});
			return;
		}
		Deque<Share> shares = new ArrayDeque<>();
		shares.push(Share.ALL);
		while (!shares.isEmpty()) {
			Share share = shares.pop();
			NewestBackups newest = new NewestBackups(keep, share);
			forEach(directory, share, (backup) -> {
				Share given = (isOld(backup) && !this.options.newestStay()) ? null
						: newest.add(backup.target, backup.rank());
				if (given != null) {
					shares.push(given);
				}
			});
			forEach(directory, newest.share(), (backup) -> {
				if (goes(backup, newest.isSurplus(backup.target, backup.rank()))) {
					remove(directory, backup);
				}
			});
		}
	}

	private boolean goes(Backup backup, boolean surplus) {
		if (this.options.newestStay() && this.options.backupAge() != null) {
			return surplus && isOld(backup);
		}
		return surplus || isOld(backup);
	}

	private boolean isOld(Backup backup) {
		return this.options.backupAge() != null && Remover.isOld(backup.made, this.now, this.options.backupAge());
	}

	private void forEach(SweptDirectory directory, Share share, BackupVisitor visitor) throws IOException {
		directory.directory().list((name) -> {
			Sweep.endIfInterrupted();
			Artifact artifact = ArtifactNames.parse(name, this.options.backupSuffix());
			if (artifact == null || artifact.kind() != ArtifactKind.BACKUP) {
				return;
			}
			String target = target(directory, artifact);
			if (!share.has(target)) {
				return;
			}
			BackupGeneration generation = ArtifactNames.generation(name, this.options.backupSuffix());
			try {
				Instant made = (generation != null) ? made(directory, name, generation) : null;
				if (generation != null && made != null) {
					visitor.visit(new Backup(name, target, artifact.stems(), generation, made));
				}
			}
			catch (NoSuchFileException | InvalidPathException ex) {
				// deleted in the meantime, or not representable and so not ours
			}
		});
	}

	/**
	 * Returns the target of a backup. A hidden one counts with the visible ones of its
	 * target, unless it may be that of a hidden target: then more are kept.
	 */
	private String target(SweptDirectory directory, Artifact artifact) throws IOException {
		for (String stem : artifact.stems().subList(1, artifact.stems().size())) {
			if (this.files.kind(beside(directory, stem)) != null
					&& this.files.kind(beside(directory, artifact.stem())) == null) {
				return stem;
			}
		}
		return artifact.stem();
	}

	private Path beside(SweptDirectory directory, String target) {
		return (this.targets != null) ? this.targets.resolve(target) : directory.file(target);
	}

	/**
	 * Returns when a backup was made, or {@code null} if it is not a regular file.
	 * Without a time stamp in the name this is the later of its change and modification
	 * times, because linking keeps the modification time of the content.
	 */
	private @Nullable Instant made(SweptDirectory directory, String name, BackupGeneration generation)
			throws IOException {
		if (generation.made() != null) {
			return (directory.directory().kind(name) == FileStat.Kind.REGULAR) ? generation.made() : null;
		}
		FileStat stat = directory.directory().stat(name);
		if (stat == null || !stat.isRegular()) {
			return null;
		}
		return stat.changed().isAfter(stat.modified()) ? stat.changed() : stat.modified();
	}

	private void remove(SweptDirectory directory, Backup backup) throws IOException {
		if (!backup.generation.plain() || this.remover.dryRun()) {
			removeWithSidecar(directory, backup);
			return;
		}
		// a write may be about to replace it with a new backup
		List<Path> targets = backup.stems.stream().map((stem) -> beside(directory, stem)).toList();
		try (LockLeases lease = this.locks.acquireResolved(targets, LockRequest.failFast())) {
			if (backup.made.equals(made(directory, backup.name, backup.generation))) {
				removeWithSidecar(directory, backup);
			}
		}
		catch (LockNotAcquiredException ex) {
			if (ex.reason() == Reason.FAILED) {
				this.tally.failed(directory.file(backup.name), ex);
			}
		}
	}

	private void removeWithSidecar(SweptDirectory directory, Backup backup) throws IOException {
		FileStat stat = directory.directory().stat(backup.name);
		if (stat == null || !stat.isRegular()) {
			return;
		}
		// the sidecar first: a crash in between must not leave a sidecar without a file
		int limit = directory.backupSidecars().isEmpty() ? 0 : NameLimit.of(directory.directory(), backup.name);
		for (String suffix : directory.backupSidecars()) {
			removeSidecar(directory, ArtifactNames.sidecar(backup.name, suffix, limit), backup.name);
			removeSidecar(directory, ArtifactNames.sidecar(CompanionNames.HIDDEN, backup.name, suffix, limit),
					backup.name);
		}
		this.remover.remove(directory, backup.name, ArtifactKind.BACKUP, stat.size());
	}

	/** A sidecar whose name may be that of another file's goes if it is this one's. */
	private void removeSidecar(SweptDirectory directory, String sidecar, String backup) throws IOException {
		FileStat beside = directory.directory().stat(sidecar);
		if (beside != null && beside.isRegular()
				&& (!sidecar.startsWith(".") || Sidecars.isOf(directory.directory(), sidecar, backup))) {
			this.remover.remove(directory, sidecar, ArtifactKind.SIDECAR, beside.size());
		}
	}

	private interface BackupVisitor {

		void visit(Backup backup) throws IOException;

	}

	/**
	 * A backup in the directory.
	 *
	 * @param target the target that it counts for
	 * @param stems the targets that it may belong to
	 */
	private record Backup(String name, String target, List<String> stems, BackupGeneration generation, Instant made) {

		long rank() {
			return NewestBackups.rank(this.made, this.generation.sequence());
		}

	}

}

package io.atomicwrite.backup;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.BackupGeneration;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.checksum.SidecarStep;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * Lists the backups of a target. Thread-safe.
 */
final class Generations {

	private static final Comparator<Found> NEWEST_FIRST = Comparator
		.comparing((Found found) -> found.generation().made(), Comparator.nullsFirst(Comparator.naturalOrder()))
		.thenComparing((found) -> found.generation().sequence())
		.thenComparing(Found::changed)
		.reversed();

	private final FileOps files;

	private final CompanionNames names;

	/**
	 * Creates an instance.
	 * @param files the file operations
	 * @param names the spelling that is preferred
	 */
	Generations(FileOps files, CompanionNames names) {
		this.files = files;
		this.names = names;
	}

	/**
	 * Lists the backups of a target, newest first. The backup without a time stamp comes
	 * first if the policy makes such backups, otherwise last.
	 * @param target the canonical path of the target
	 * @param policy the policy that made the backups: their directory and suffix
	 * @return the backups
	 * @throws IOException if the directory can't be read
	 */
	List<Backup> of(Path target, BackupPolicy policy) throws IOException {
		Path directory = policy.directoryFor(target);
		String name = target.getFileName().toString();
		List<Found> found = new ArrayList<>();
		try {
			int limit = NameLimit.of(this.files, directory, name);
			this.files.list(directory, (entry) -> {
				BackupGeneration parsed = parse(entry, target, policy, limit);
				FileStat stat = (parsed != null) ? this.files.stat(directory.resolve(entry)) : null;
				if (parsed != null && stat != null && stat.isRegular()) {
					found.add(new Found(new Backup(directory.resolve(entry), parsed, stat.size(), stat.modified()),
							stat.changed()));
				}
			});
		}
		catch (NoSuchFileException ex) {
			// no backup was ever made
		}
		found.sort(NEWEST_FIRST);
		if (!policy.timestamped()) {
			// stable: among those of either kind the order stays
			found.sort(Comparator.comparing((one) -> !one.generation().plain()));
		}
		return found.stream().map(Found::backup).toList();
	}

	private @Nullable BackupGeneration parse(String entry, Path target, BackupPolicy policy, int limit)
			throws IOException {
		String name = target.getFileName().toString();
		BackupGeneration own = ArtifactNames.generation(this.names, entry, name, policy.suffix(), limit);
		BackupGeneration other = (own != null) ? null
				: ArtifactNames.generation(this.names.other(), entry, name, policy.suffix(), limit);
		if (other == null) {
			return own;
		}
		String namesake = this.names.other().namesake(name);
		// a name that is shortened has a hash, and so is nobody else's
		boolean ambiguous = !namesake.isEmpty() && ArtifactNames.length(namesake) <= limit
				&& this.files.kind(target.resolveSibling(namesake)) != null;
		return ambiguous ? null : other;
	}

	/** Deletes the generations beyond the number to keep, the oldest first. */
	void prune(Directory directory, Path target, BackupPolicy policy, int keep, SidecarStep sidecars)
			throws IOException {
		List<Backup> generations = of(target, policy).stream()
			.filter((backup) -> !backup.generation().plain())
			.toList();
		for (int i = generations.size() - 1; i >= keep; i--) {
			String backup = generations.get(i).path().getFileName().toString();
			sidecars.deleteOf(directory, backup);
			directory.delete(backup);
		}
	}

	/** A backup, and when its name last came to it. */
	private record Found(Backup backup, Instant changed) {

		BackupGeneration generation() {
			return this.backup.generation();
		}

	}

}

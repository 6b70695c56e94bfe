package io.atomicwrite.backup;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.BackupGeneration;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;

/**
 * Lists the backups of a target. Thread-safe.
 */
public final class Generations {

	private static final Comparator<Backup> NEWEST_FIRST = Comparator
		.comparing((Backup backup) -> backup.generation().made(), Comparator.nullsFirst(Comparator.naturalOrder()))
		.thenComparing((backup) -> backup.generation().sequence())
		.reversed();

	private final FileOps files;

	/**
	 * Creates an instance.
	 * @param files the file operations
	 */
	public Generations(FileOps files) {
		this.files = files;
	}

	/**
	 * Returns the directory in which a policy puts the backups of a target.
	 * @param target the canonical path of the target
	 * @param policy the policy
	 * @return the directory, which need not exist
	 */
	public static Path directory(Path target, BackupPolicy policy) {
		Path beside = target.toAbsolutePath().getParent();
		if (beside == null) {
			throw new IllegalArgumentException(target + " has no parent directory");
		}
		return (policy.directory() != null) ? beside.resolve(policy.directory()).normalize() : beside;
	}

	/**
	 * Lists the backups of a target, newest first. The backup without a time stamp comes
	 * first if the policy makes such backups, otherwise last.
	 * @param target the canonical path of the target
	 * @param policy the policy that made the backups: their directory and suffix
	 * @return the backups
	 * @throws IOException if the directory can't be read
	 */
	public List<Backup> of(Path target, BackupPolicy policy) throws IOException {
		Path directory = directory(target, policy);
		String name = target.getFileName().toString();
		List<Backup> found = new ArrayList<>();
		try {
			int limit = NameLimit.of(this.files, directory, name);
			this.files.list(directory, (entry) -> {
				BackupGeneration parsed = ArtifactNames.generation(entry, name, policy.suffix(), limit);
				FileStat stat = (parsed != null) ? this.files.stat(directory.resolve(entry)) : null;
				if (parsed != null && stat != null && stat.isRegular()) {
					found.add(new Backup(directory.resolve(entry), parsed, stat.size(), stat.modified()));
				}
			});
		}
		catch (NoSuchFileException ex) {
			// no backup was ever made
		}
		found.sort(NEWEST_FIRST);
		if (!policy.timestamped() && !found.isEmpty() && found.get(found.size() - 1).generation().plain()) {
			found.add(0, found.remove(found.size() - 1));
		}
		return List.copyOf(found);
	}

}

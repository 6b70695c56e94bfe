package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Counts the artifacts in a directory, without its subdirectories, and changes nothing.
 * An artifact that may still be in use is not counted. Memory use does not depend on the
 * number of files. Thread-safe.
 */
public final class DirectoryCensus {

	private static final Duration MINIMUM_AGE = Duration.ofMinutes(1);

	private final FileOps files;

	private final OrphanJudge judge;

	private final String backupSuffix;

	private final InstantSource clock;

	private final Duration minimumAge;

	/**
	 * Creates a census that counts a staging file without a writer as an orphan once it
	 * is a minute old.
	 * @param files the file operations
	 * @param locks the registry that knows which locks are held
	 * @param backupSuffix the suffix of backups
	 */
	public DirectoryCensus(FileOps files, LockRegistry locks, String backupSuffix) {
		this(files, locks, backupSuffix, InstantSource.system(), MINIMUM_AGE);
	}

	/**
	 * Creates a census.
	 * @param files the file operations
	 * @param locks the registry that knows which locks are held
	 * @param backupSuffix the suffix of backups
	 * @param clock the clock
	 * @param minimumAge the minimum age of an orphan
	 */
	public DirectoryCensus(FileOps files, LockRegistry locks, String backupSuffix, InstantSource clock,
			Duration minimumAge) {
		this.files = files;
		this.judge = new OrphanJudge(files, locks);
		this.backupSuffix = backupSuffix;
		this.clock = clock;
		this.minimumAge = minimumAge;
	}

	/**
	 * Counts the artifacts in a directory.
	 * @param directory the directory
	 * @return the counts
	 * @throws IOException if the directory can't be read
	 */
	public CensusReport count(Path directory) throws IOException {
		Path canonical = this.files.canonical(directory);
		Count count = new Count();
		this.files.list(canonical, (name) -> {
			Artifact artifact = ArtifactNames.parse(name, this.backupSuffix);
			if (artifact != null) {
				count(canonical, name, artifact, count);
			}
		});
		return count.report();
	}

	private void count(Path directory, String name, Artifact artifact, Count count) throws IOException {
		switch (artifact.kind()) {
			case STAGING -> {
				FileStat stat = this.files.stat(directory.resolve(name));
				if (stat != null && isOrphan(directory, artifact, stat)) {
					count.orphan(stat);
				}
			}
			case LOCK -> {
				if (isRegular(directory.resolve(name))
						&& this.judge.isLeftover(directory.resolve(artifact.stem()), directory.resolve(name))) {
					count.leftoverLocks++;
				}
			}
			case BACKUP -> {
				if (isRegular(directory.resolve(name))) {
					count.backups++;
				}
			}
			case SIDECAR, PROBE -> {
				// a sidecar belongs to its target; a probe file exists only briefly
			}
		}
	}

	private boolean isRegular(Path file) throws IOException {
		return this.files.kind(file) == FileStat.Kind.REGULAR;
	}

	private boolean isOrphan(Path directory, Artifact artifact, FileStat stat) throws IOException {
		return stat.isRegular() && Remover.isOld(stat.modified(), this.clock.instant(), this.minimumAge)
				&& !this.judge.isMarked(stat) && !this.judge.isLeased(directory, artifact);
	}

	private static final class Count {

		private long orphans;

		private long bytes;

		private @Nullable Instant oldest;

		private long leftoverLocks;

		private long backups;

		private void orphan(FileStat stat) {
			this.orphans++;
			this.bytes += stat.size();
			if (this.oldest == null || stat.modified().isBefore(this.oldest)) {
				this.oldest = stat.modified();
			}
		}

		private CensusReport report() {
			return new CensusReport(new CensusReport.Orphans(this.orphans, this.bytes, this.oldest), this.leftoverLocks,
					this.backups);
		}

	}

}

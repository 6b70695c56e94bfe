package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Counts the artifacts in a directory, without its subdirectories, and changes nothing.
 * An artifact that may still be in use is not counted. Memory use does not depend on the
 * number of files. Thread-safe.
 */
public final class DirectoryCensus {

	private static final Duration MINIMUM_AGE = Duration.ofMinutes(1);

	private static final int MOST_LOCKS = 10;

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
	public Report count(Path directory) throws IOException {
		try (Directory open = this.files.openFollowingLinks(directory)) {
			Count count = new Count();
			open.list((name) -> {
				Artifact artifact = ArtifactNames.parse(name, this.backupSuffix);
				if (artifact != null) {
					count(open, name, artifact, count);
				}
			});
			return count.report();
		}
	}

	private void count(Directory directory, String name, Artifact artifact, Count count) throws IOException {
		switch (artifact.kind()) {
			case STAGING -> {
				FileStat stat = directory.stat(name);
				if (stat != null && stat.isRegular()) {
					countStaging(directory, artifact, stat, count);
				}
			}
			case LOCK -> {
				if (isRegular(directory, name)) {
					countLock(directory, name, artifact, count);
				}
			}
			case BACKUP -> {
				if (isRegular(directory, name)) {
					count.backups++;
				}
			}
			case SIDECAR, PROBE -> {
				// a sidecar belongs to its target; a probe file exists only briefly
			}
		}
	}

	private void countLock(Directory directory, String name, Artifact artifact, Count count) {
		if (this.judge.isLeftover(directory.path(artifact.stem()), directory.path(name))) {
			count.leftoverLocks++;
		}
		else if (!artifact.shortened()) {
			LockInfo info = this.judge.inspect(directory.path(artifact.stem()));
			if (info != null && info.state() == LockInfo.State.HELD && !isOwn(info)) {
				count.heldElsewhere(info);
			}
		}
	}

	/** A lock that is just acquired or released has no thread yet, or no more. */
	private static boolean isOwn(LockInfo info) {
		Long pid = info.pid();
		return info.thread() != null || (pid != null && pid == ProcessHandle.current().pid());
	}

	private static boolean isRegular(Directory directory, String name) throws IOException {
		return directory.kind(name) == FileStat.Kind.REGULAR;
	}

	/** A time in the future says that a clock was set back; locks say who writes. */
	private void countStaging(Directory directory, Artifact artifact, FileStat stat, Count count) throws IOException {
		Instant now = this.clock.instant();
		if (!Clocks.isFar(stat.modified(), now, this.minimumAge) || this.judge.isMarked(stat)
				|| this.judge.isLeased(directory, artifact)) {
			count.live++;
		}
		else if (stat.modified().isAfter(now)) {
			count.future++;
		}
		else {
			count.orphan(stat);
		}
	}

	private static final class Count {

		private long orphans;

		private long bytes;

		private @Nullable Instant oldest;

		private long leftoverLocks;

		private long backups;

		private long live;

		private long future;

		private final List<LockInfo> elsewhere = new ArrayList<>(0);

		private void orphan(FileStat stat) {
			this.orphans++;
			this.bytes += stat.size();
			if (this.oldest == null || stat.modified().isBefore(this.oldest)) {
				this.oldest = stat.modified();
			}
		}

		/** Memory use does not depend on the number of locks. */
		private void heldElsewhere(LockInfo info) {
			if (this.elsewhere.size() < MOST_LOCKS) {
				this.elsewhere.add(info);
			}
		}

		private Report report() {
			return new Report(new Report.Orphans(this.orphans, this.bytes, this.oldest), this.leftoverLocks,
					this.backups, this.live, this.future, List.copyOf(this.elsewhere));
		}

	}

	/**
	 * The number of artifacts in a directory. Immutable.
	 *
	 * @param orphans the staging files whose writer is gone
	 * @param leftoverLocks the number of lock files without a holder
	 * @param backups the number of backups
	 * @param live the number of staging files that are in use, or too young to be orphans
	 * @param future the number of staging files without a writer whose modification time
	 * lies in the future by more than the minimum age of an orphan, as after the clock
	 * was set back; sweeps remove them as they do orphans
	 * @param heldElsewhere locks that are held, but not by this process: at most ten
	 */
	public record Report(Orphans orphans, long leftoverLocks, long backups, long live, long future,
			List<LockInfo> heldElsewhere) {

		/**
		 * Staging files whose writer is gone.
		 *
		 * @param count the number of files
		 * @param bytes their total size in bytes
		 * @param oldest the earliest modification time, or {@code null} if there are none
		 */
		public record Orphans(long count, long bytes, @Nullable Instant oldest) {
		}

	}

}

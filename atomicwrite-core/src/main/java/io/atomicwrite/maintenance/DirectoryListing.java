package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockRegistry;

/**
 * Lists the orphans of a directory and the locks that others hold on its files, without
 * its subdirectories, and changes nothing. Where a {@link DirectoryCensus} counts, this
 * names. Thread-safe.
 */
public final class DirectoryListing {

	private final FileOps files;

	private final LockRegistry locks;

	private final OrphanJudge judge;

	private final InstantSource clock;

	private final Duration minimumAge;

	/**
	 * Creates a listing.
	 * @param files the file operations
	 * @param locks the registry that knows which locks are held
	 * @param clock the clock
	 * @param minimumAge the minimum age of an orphan
	 */
	public DirectoryListing(FileOps files, LockRegistry locks, InstantSource clock, Duration minimumAge) {
		this.files = files;
		this.locks = locks;
		this.judge = new OrphanJudge(files, locks);
		this.clock = clock;
		this.minimumAge = minimumAge;
	}

	/**
	 * Lists the locks of the files of a directory that are held, but not by this JVM. A
	 * lock whose target has too long a name for its lock file is not listed.
	 * @param directory the directory
	 * @param most how many are listed at most
	 * @return the locks
	 * @throws IOException if the directory can't be read
	 */
	public List<LockInfo> heldElsewhere(Path directory, int most) throws IOException {
		List<LockInfo> held = new ArrayList<>();
		try (Directory open = this.files.openFollowingLinks(directory)) {
			open.list((name) -> {
				Artifact artifact = ArtifactNames.parse(name);
				if (artifact != null && artifact.kind() == ArtifactKind.LOCK && !artifact.shortened()
						&& held.size() < most && open.kind(name) == FileStat.Kind.REGULAR) {
					add(open.path(artifact.stem()), held);
				}
			});
		}
		return held;
	}

	private void add(Path target, List<LockInfo> held) {
		try {
			LockInfo info = this.locks.inspect(target);
			if (info.state() == LockInfo.State.HELD && info.thread() == null) {
				held.add(info);
			}
		}
		catch (AtomicWriteException ex) {
			// a lock that can't be looked at is not known to be held
		}
	}

	/**
	 * Lists the staging files of a directory whose writer is gone, the oldest first and
	 * those with a time in the future last.
	 * @param directory the directory
	 * @return the orphans
	 * @throws IOException if the directory can't be read
	 */
	public List<Orphan> orphans(Path directory) throws IOException {
		List<Orphan> found = new ArrayList<>();
		try (Directory open = this.files.openFollowingLinks(directory)) {
			open.list((name) -> {
				Artifact artifact = ArtifactNames.parse(name);
				FileStat stat = (artifact != null && artifact.kind() == ArtifactKind.STAGING) ? open.stat(name) : null;
				if (artifact != null && stat != null && isOrphan(open, artifact, stat)) {
					found.add(new Orphan(open.path(name), stat.size(), stat.modified()));
				}
			});
		}
		found.sort(Comparator.comparing(Orphan::modified).thenComparing(Orphan::path));
		return found;
	}

	private boolean isOrphan(Directory directory, Artifact artifact, FileStat stat) throws IOException {
		return stat.isRegular() && Clocks.isFar(stat.modified(), this.clock.instant(), this.minimumAge)
				&& !this.judge.isMarked(stat) && !this.judge.isLeased(directory, artifact);
	}

	/**
	 * A staging file whose writer is gone. Immutable.
	 *
	 * @param path the staging file
	 * @param size its size in bytes
	 * @param modified when it was written last
	 */
	public record Orphan(Path path, long size, Instant modified) {
	}

}

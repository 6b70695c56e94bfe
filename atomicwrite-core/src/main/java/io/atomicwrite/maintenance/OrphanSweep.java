package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.maintenance.OrphanJudge.Grip;

/**
 * Removes staging files whose writer is gone. It checks each twice with a pause in
 * between, because a writer without a lease holds no lock just after it creates its
 * staging file and again just before the rename.
 */
final class OrphanSweep {

	/** Bounds both the memory and the number of pauses. */
	private static final int BATCH = 16_384;

	/** Bounds the directories that are kept open. */
	private static final int OPEN = 256;

	private final LockRegistry locks;

	private final OrphanJudge judge;

	private final Remover remover;

	private final SweepTally tally;

	private final Pause pause;

	private final Disposal disposal;

	private final List<Suspect> suspects = new ArrayList<>();

	/** The directories of the suspects, kept open. */
	private final Set<SweptDirectory> directories = new LinkedHashSet<>();

	private long lastLook;

	OrphanSweep(FileOps files, LockRegistry locks, Remover remover, SweepTally tally, Pause pause) {
		this(files, locks, remover, tally, pause, (directory, name, artifact, stat) -> remover.remove(directory, name,
				ArtifactKind.STAGING, stat.size()));
	}

	OrphanSweep(FileOps files, LockRegistry locks, Remover remover, SweepTally tally, Pause pause, Disposal disposal) {
		this.disposal = disposal;
		this.locks = locks;
		this.judge = new OrphanJudge(files, locks);
		this.remover = remover;
		this.tally = tally;
		this.pause = pause;
	}

	/** Checks a file that is old enough for the first time. */
	void suspect(SweptDirectory directory, String name, Artifact artifact, FileStat stat) {
		if (this.judge.isMarked(stat)) {
			this.tally.alive();
			return;
		}
		this.suspects.add(new Suspect(directory, name, artifact, stat));
		if (this.directories.add(directory)) {
			directory.retain();
		}
		this.lastLook = this.pause.now();
		if (this.suspects.size() >= BATCH || this.directories.size() >= OPEN) {
			finish();
		}
	}

	/** Returns whether no writer of a file is known, as far as one look shows. */
	boolean isWithoutWriter(SweptDirectory directory, Artifact artifact, FileStat stat) throws IOException {
		return !this.judge.isMarked(stat) && !this.judge.isLeased(directory.directory(), artifact);
	}

	/** Checks the remaining suspects for the second time, and removes the orphans. */
	void finish() {
		if (this.suspects.isEmpty()) {
			return;
		}
		this.pause.await(this.lastLook);
		Set<Suspect> leased = leasedByLongerNames();
		for (Suspect suspect : this.suspects) {
			Sweep.endIfInterrupted();
			if (leased.contains(suspect)) {
				this.tally.alive();
			}
			else {
				judge(suspect);
			}
		}
		this.suspects.clear();
		this.directories.forEach(this.remover::sync);
		closeDirectories();
	}

	/** Makes what was removed durable, and leaves the remaining suspects. */
	void abandon() {
		this.suspects.clear();
		this.directories.forEach(this.remover::sync);
		closeDirectories();
	}

	private void closeDirectories() {
		for (SweptDirectory directory : this.directories) {
			try {
				directory.close();
			}
			catch (IOException ex) {
				this.tally.failed(directory.path(), ex);
			}
		}
		this.directories.clear();
	}

	/** Lists each directory once for all its suspects. */
	private Set<Suspect> leasedByLongerNames() {
		Map<SweptDirectory, List<Suspect>> shortened = new LinkedHashMap<>();
		for (Suspect suspect : this.suspects) {
			if (suspect.artifact.shortened()) {
				shortened.computeIfAbsent(suspect.directory, (key) -> new ArrayList<>()).add(suspect);
			}
		}
		Set<Suspect> leased = new HashSet<>();
		shortened.forEach((directory, some) -> {
			try {
				Set<String> starts = new HashSet<>();
				some.forEach((suspect) -> starts.add(OrphanJudge.start(suspect.artifact)));
				Set<String> held = this.judge.leasedStarts(directory.directory(), starts);
				some.stream().filter((one) -> held.contains(OrphanJudge.start(one.artifact))).forEach(leased::add);
			}
			catch (IOException ex) {
				this.tally.failed(directory.path(), ex);
				leased.addAll(some);
			}
		});
		return leased;
	}

	private void judge(Suspect suspect) {
		Path target = suspect.directory.file(suspect.artifact.stem());
		// leases are re-entrant, so check first whether this thread holds it
		if (this.judge.isHeld(target)) {
			this.tally.alive();
			return;
		}
		if (this.remover.dryRun()) {
			removeIfFree(suspect);
			return;
		}
		try (LockLeases lease = this.locks.acquireResolved(List.of(target), LockRequest.failFast())) {
			removeIfFree(suspect);
		}
		catch (LockNotAcquiredException ex) {
			this.tally.alive();
			if (ex.reason() == Reason.FAILED) {
				this.tally.failed(suspect.file(), ex);
			}
		}
	}

	private void removeIfFree(Suspect suspect) {
		Directory directory = suspect.directory.directory();
		try {
			FileStat now = directory.stat(suspect.name);
			if (now == null) {
				if (this.locks.scope() == LockScope.CLUSTER) {
					// whoever acquires a lock of the store deletes what its writers left
					this.remover.removed(suspect.directory, suspect.name, ArtifactKind.STAGING, suspect.seen.size());
				}
				return;
			}
			if (!suspect.isStill(now) || this.judge.isMarked(now)) {
				this.tally.alive();
				return;
			}
			try (Grip grip = this.judge.grip(directory, suspect.name)) {
				FileStat last = directory.stat(suspect.name);
				if (grip == null || last == null || !suspect.isStill(last)) {
					this.tally.alive();
					return;
				}
				this.disposal.dispose(suspect.directory, suspect.name, suspect.artifact, last);
			}
		}
		catch (NoSuchFileException ex) {
			// its writer was alive, or another sweep has removed it
		}
		catch (IOException ex) {
			this.tally.alive();
			this.tally.failed(suspect.file(), ex);
		}
	}

	/**
	 * Disposes of an orphan while its lock and the lease of its target are held, so that
	 * nobody else can acquire them.
	 */
	@FunctionalInterface
	interface Disposal {

		/**
		 * Disposes of an orphan.
		 * @param directory its directory
		 * @param name the name of the orphan
		 * @param artifact its parsed name
		 * @param stat its attributes
		 * @throws IOException if that fails; the orphan then stays
		 */
		void dispose(SweptDirectory directory, String name, Artifact artifact, FileStat stat) throws IOException;

	}

	/**
	 * A staging file after the first check.
	 */
	private record Suspect(SweptDirectory directory, String name, Artifact artifact, FileStat seen) {

		Path file() {
			return this.directory.file(this.name);
		}

		boolean isStill(FileStat now) {
			return now.isRegular() && now.device() == this.seen.device() && now.inode() == this.seen.inode()
					&& now.size() == this.seen.size() && now.modified().equals(this.seen.modified());
		}

	}

}

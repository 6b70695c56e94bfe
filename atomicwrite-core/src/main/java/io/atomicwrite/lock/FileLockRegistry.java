package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.fs.FileOps;

/**
 * Excludes all cooperating writers of this host: threads by the queue, other processes by
 * the record lock on the lock file.
 */
final class FileLockRegistry extends QueueingLockRegistry implements LockFileRegistry {

	private final LockFiles lockFiles;

	FileLockRegistry(LockFiles lockFiles, FileOps files, InstantSource clock, LockListeners listeners) {
		super(lockFiles, files, clock, listeners);
		this.lockFiles = lockFiles;
	}

	@Override
	public Optional<Path> leftover(Path target) {
		return leftovers(target).stream().findFirst();
	}

	@Override
	public List<Path> leftovers(Path target) {
		return this.lockFiles.leftovers(canonical(target));
	}

	@Override
	public boolean releaseLeftover(Path target) {
		return this.lockFiles.releaseLeftovers(canonical(target), (file) -> true);
	}

	@Override
	public boolean releaseLeftover(Path target, Path lockFile) {
		return this.lockFiles.releaseLeftovers(canonical(target), lockFile::equals);
	}

}

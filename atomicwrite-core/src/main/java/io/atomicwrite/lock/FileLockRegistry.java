package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockQueue.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Excludes all cooperating writers of this host: threads by the queue, other processes by
 * the record lock on the lock file beside the target.
 */
final class FileLockRegistry extends QueueingLockRegistry {

	private final HostLocks hostLocks;

	private final @Nullable Path fixed;

	FileLockRegistry(FileOps files, InstantSource clock, List<LockListener> listeners, int mode, boolean keepFile,
			@Nullable Path fixed) {
		super(files, clock, listeners);
		this.hostLocks = new HostLocks(files, clock, mode, keepFile, queue()::isClosed);
		this.fixed = fixed;
	}

	@Override
	public LockScope scope() {
		return LockScope.HOST;
	}

	@Override
	public boolean tellsOfWriters() {
		return this.fixed == null;
	}

	@Override
	Path key(Path target) {
		return (this.fixed != null) ? this.fixed : target;
	}

	@Override
	HostLocks.@Nullable Held lockHost(Path target, Deadline deadline) throws Refused, IOException {
		return this.hostLocks.acquire(lockFile(target), deadline);
	}

	private Path lockFile(Path target) throws IOException {
		if (this.fixed != null) {
			return this.fixed;
		}
		Path directory = target.getParent();
		Path name = target.getFileName();
		if (directory == null || name == null) {
			throw new IOException("a root directory has no lock file");
		}
		int limit = NameLimit.of(files(), directory, name.toString());
		return directory.resolve(ArtifactNames.lock(name.toString(), limit));
	}

	@Override
	LockInfo inspectCanonical(Path target) {
		LockInfo own = super.inspectCanonical(target);
		if (own.state() == LockInfo.State.HELD) {
			return own;
		}
		try {
			return inspectFile(target, lockFile(target));
		}
		catch (IOException ex) {
			// a file that can't be looked at may be held: say so rather than guess it
			// free
			return new LockInfo(target, LockInfo.State.HELD, null, null, null);
		}
	}

	private LockInfo inspectFile(Path target, Path lockFile) throws IOException {
		JvmLockTable.Holder inThisJvm = JvmLockTable.holder(lockFile);
		if (inThisJvm != null && inThisJvm.locked()) {
			return new LockInfo(target, LockInfo.State.HELD, ProcessHandle.current().pid(), inThisJvm.thread(),
					inThisJvm.since());
		}
		FileStat stat = files().stat(lockFile);
		if (stat == null) {
			return new LockInfo(target, LockInfo.State.FREE, null, null, null);
		}
		if (!isHeldElsewhere(lockFile)) {
			return new LockInfo(target, LockInfo.State.LEFTOVER, null, null, null);
		}
		OptionalLong pid = files().lockHolder(stat);
		// an acquisition writes to the lock file
		return new LockInfo(target, LockInfo.State.HELD, pid.isPresent() ? pid.getAsLong() : null, null,
				stat.modified());
	}

	/**
	 * Tries the lock rather than trust a table of locks, which may mean a file of another
	 * filesystem with the same inode number.
	 */
	private boolean isHeldElsewhere(Path lockFile) throws IOException {
		try {
			return this.hostLocks.isHeld(lockFile);
		}
		catch (AccessDeniedException ex) {
			// a file that may not be opened may be held
			return true;
		}
	}

	@Override
	public boolean releaseLeftover(Path target) {
		try {
			Path canonical = canonical(target, Deadline.of(LockRequest.failFast()));
			return this.hostLocks.releaseLeftover(lockFile(canonical));
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(target + ": the lock file can't be released: " + ex.getMessage(),
					ex);
		}
	}

}

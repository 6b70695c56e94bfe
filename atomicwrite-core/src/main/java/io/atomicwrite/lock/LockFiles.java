package io.atomicwrite.lock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

import io.atomicwrite.Remedy;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * Excludes the other processes of this host by the record lock on a lock file: the one
 * beside the target, or a fixed one for all targets. Thread-safe.
 */
final class LockFiles implements ExternalLocks {

	private final FileOps files;

	private final HostLocks hostLocks;

	private final @Nullable Path fixed;

	LockFiles(FileOps files, HostLocks hostLocks, @Nullable Path fixed) {
		this.files = files;
		this.hostLocks = hostLocks;
		this.fixed = fixed;
	}

	@Override
	public LockScope scope() {
		return LockScope.HOST;
	}

	@Override
	public boolean leaseMarksWriter() {
		return this.fixed == null;
	}

	@Override
	public Path key(Path target) {
		return (this.fixed != null) ? this.fixed : target;
	}

	@Override
	public Held acquire(Path target, Wait wait) throws RefusedException, IOException {
		return this.hostLocks.acquire(file(target), wait);
	}

	/** Returns the lock file of a target. */
	Path file(Path target) throws IOException {
		if (this.fixed != null) {
			return this.fixed;
		}
		Path directory = target.getParent();
		Path name = target.getFileName();
		if (directory == null || name == null) {
			throw new IOException("a root directory has no lock file");
		}
		int limit = NameLimit.of(this.files, directory, name.toString());
		return directory.resolve(ArtifactNames.lock(name.toString(), limit));
	}

	@Override
	public LockInfo inspect(Path target) {
		try {
			return inspect(target, file(target));
		}
		catch (IOException ex) {
			// a file that can't be looked at may be held: report that rather than guess
			return new LockInfo(target, LockInfo.State.HELD, null, null, null);
		}
	}

	private LockInfo inspect(Path target, Path lockFile) throws IOException {
		JvmLockTable.Holder inThisJvm = JvmLockTable.holder(lockFile);
		if (inThisJvm != null && inThisJvm.locked()) {
			return new LockInfo(target, LockInfo.State.HELD, ProcessHandle.current().pid(), inThisJvm.thread(),
					inThisJvm.since());
		}
		FileStat stat = this.files.stat(lockFile);
		if (stat == null || !isHeld(lockFile)) {
			return LockInfo.free(target);
		}
		OptionalLong pid = this.files.lockHolder(stat);
		// an acquisition writes to the lock file
		return new LockInfo(target, LockInfo.State.HELD, pid.isPresent() ? pid.getAsLong() : null, null,
				stat.modified());
	}

	/**
	 * Tries the lock rather than trust a table of locks, which may mean a file of another
	 * filesystem with the same inode number.
	 */
	private boolean isHeld(Path lockFile) throws IOException {
		try {
			return this.hostLocks.isHeld(lockFile);
		}
		catch (AccessDeniedException ex) {
			// a file that may not be opened may be held
			return true;
		}
	}

	Optional<Path> leftover(Path target) {
		try {
			Path file = file(target);
			return (this.files.kind(file) != null && !isHeld(file)) ? Optional.of(file) : Optional.empty();
		}
		catch (IOException ex) {
			// what can't be looked at is not known to be left over
			return Optional.empty();
		}
	}

	boolean releaseLeftover(Path target) {
		try {
			return this.hostLocks.releaseLeftover(file(target));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(target + ": the lock file can't be released: " + ex.getMessage(), ex);
		}
	}

	@Override
	public Remedy remedy(IOException error) {
		return (error instanceof HostLock.ForeignFileException) ? Remedy.MOVE_AWAY : ExternalLocks.super.remedy(error);
	}

}

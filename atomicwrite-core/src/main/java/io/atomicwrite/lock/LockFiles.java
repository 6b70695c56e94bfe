package io.atomicwrite.lock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

import io.atomicwrite.Remedy;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.fs.CanonicalTarget;
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

	private final CompanionNames names;

	LockFiles(FileOps files, HostLocks hostLocks, @Nullable Path fixed, CompanionNames names) {
		this.files = files;
		this.hostLocks = hostLocks;
		this.fixed = fixed;
		this.names = names;
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
		if (this.fixed != null) {
			CanonicalTarget.placeOf(this.files, this.fixed);
		}
		HostLocks.Held own = this.hostLocks.acquire(file(target), wait);
		return (this.fixed == null && this.names == CompanionNames.HIDDEN) ? both(target, own, wait) : own;
	}

	/**
	 * Writers with visible companions look for no other lock file, so those with hidden
	 * ones lock both, if a visible one exists. To create it would make it visible.
	 */
	private Held both(Path target, HostLocks.Held own, Wait wait) throws RefusedException, IOException {
		try {
			Path visible = file(target, CompanionNames.VISIBLE);
			if (visible.equals(file(target))) {
				return own;
			}
			Optional<HostLocks.Held> other = (this.files.kind(visible) != null)
					? this.hostLocks.acquireExisting(visible, wait) : Optional.empty();
			return new BothHeld(own, other, visible, this::isVisibleHeld);
		}
		catch (Throwable ex) {
			try {
				own.release();
			}
			catch (IOException left) {
				ex.addSuppressed(left);
			}
			throw ex;
		}
	}

	private boolean isVisibleHeld(Path lockFile) throws IOException {
		try {
			this.hostLocks.settle(lockFile);
			return this.files.kind(lockFile) != null && isHeld(lockFile);
		}
		catch (HostLock.ForeignFileException ex) {
			// nobody's lock file
			return false;
		}
	}

	/** Returns the lock files that a target may have, the one that is used first. */
	private List<Path> files(Path target) throws IOException {
		Path own = file(target);
		Path other = (this.fixed != null) ? own : file(target, this.names.other());
		return other.equals(own) ? List.of(own) : List.of(own, other);
	}

	/** Returns the lock file of a target. */
	Path file(Path target) throws IOException {
		return file(target, this.names);
	}

	private Path file(Path target, CompanionNames spelling) throws IOException {
		if (this.fixed != null) {
			return this.fixed;
		}
		Path directory = target.getParent();
		Path name = target.getFileName();
		if (directory == null || name == null) {
			throw new IOException("a root directory has no lock file");
		}
		int limit = NameLimit.of(this.files, directory, name.toString());
		return directory.resolve(ArtifactNames.lock(spelling, name.toString(), limit));
	}

	@Override
	public List<Runnable> endings() {
		return this.hostLocks.endings();
	}

	@Override
	public LockInfo inspect(Path target) {
		try {
			LockInfo info = LockInfo.free(target);
			for (Path file : files(target)) {
				if (info.state() == LockInfo.State.FREE) {
					info = inspect(target, file);
				}
			}
			return info;
		}
		catch (IOException ex) {
			// a file that can't be looked at may be held: report that rather than guess
			return new LockInfo(target, LockInfo.State.HELD, null, null, null);
		}
	}

	private LockInfo inspect(Path target, Path lockFile) throws IOException {
		JvmLockTable.Holder inThisJvm = JvmLockTable.holder(lockFile);
		if (inThisJvm != null && inThisJvm.use() == JvmLockTable.Use.LOCKED) {
			return new LockInfo(target, LockInfo.State.HELD, ProcessHandle.current().pid(), inThisJvm.thread(),
					inThisJvm.since());
		}
		this.hostLocks.settle(lockFile);
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

	List<Path> leftovers(Path target) {
		List<Path> found = new ArrayList<>(1);
		try {
			for (Path file : files(target)) {
				this.hostLocks.settle(file);
				if (this.files.kind(file) != null && isLeftover(file)) {
					found.add(file);
				}
			}
		}
		catch (IOException ex) {
			// what can't be looked at is not known to be left over
		}
		return found;
	}

	private boolean isLeftover(Path lockFile) {
		try {
			return !isHeld(lockFile);
		}
		catch (IOException ex) {
			// what can't be looked at is not known to be left over
			return false;
		}
	}

	/** Deletes those of the lock files of a target that nobody holds. */
	boolean releaseLeftovers(Path target, Predicate<Path> chosen) {
		try {
			boolean released = false;
			for (Path file : files(target)) {
				released |= chosen.test(file) && this.hostLocks.releaseLeftover(file);
			}
			return released;
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

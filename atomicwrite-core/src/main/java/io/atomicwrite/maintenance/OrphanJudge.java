package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.lock.LockFileRegistry;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the writer of a staging file lives, by what a writer holds: the lease of
 * its target, or without one the lock of its staging file. What can't be told counts as
 * alive.
 */
final class OrphanJudge {

	private final FileOps files;

	private final LockRegistry locks;

	OrphanJudge(FileOps files, LockRegistry locks) {
		this.files = files;
		this.locks = locks;
	}

	/** Whether a process that can be seen from here, this one too, has it locked. */
	boolean isMarked(FileStat staging) {
		return this.files.lockHolder(staging).isPresent();
	}

	/** Whether someone holds the lease under which the file would be written. */
	boolean isLeased(Path directory, Artifact artifact) throws IOException {
		if (isHeld(directory.resolve(artifact.stem()))) {
			return true;
		}
		return artifact.shortened() && !leasedStarts(directory, Set.of(start(artifact))).isEmpty();
	}

	/** Whether someone holds the lease of the very name that the artifact tells. */
	boolean isHeld(Path target) {
		LockInfo info = inspect(target);
		if (info == null || info.state() == LockInfo.State.HELD) {
			return true;
		}
		// a writer that replaces a link has the lease of the link itself
		return !info.target().equals(target)
				&& this.locks.held().stream().anyMatch((held) -> held.target().equals(target));
	}

	/** Whether a lock file of this very target is left over. */
	boolean isLeftover(Path target, Path lockFile) {
		try {
			// a lock file beside a link is not the one of the file it leads to
			return this.locks instanceof LockFileRegistry registry
					&& registry.leftover(target).filter(lockFile::equals).isPresent();
		}
		catch (AtomicWriteException ex) {
			// what can't be looked at is not known to be left over
			return false;
		}
	}

	private @Nullable LockInfo inspect(Path target) {
		try {
			return this.locks.inspect(target);
		}
		catch (AtomicWriteException ex) {
			// what can't be looked at is not known to be free
			return null;
		}
	}

	/** What is left of a target's name that was too long. */
	static String start(Artifact shortened) {
		return shortened.stem().substring(0, shortened.stem().lastIndexOf('~'));
	}

	/**
	 * Returns those of the starts of names of which one with a lease begins so: the lock
	 * file of a name that was too long keeps more of it than the staging file.
	 */
	Set<String> leasedStarts(Path directory, Collection<String> starts) throws IOException {
		Set<String> leased = new HashSet<>();
		this.files.list(directory, (name) -> {
			Artifact other = ArtifactNames.parse(name);
			if (other == null || other.kind() != ArtifactKind.LOCK) {
				return;
			}
			for (String start : starts) {
				if (other.stem().startsWith(start) && !leased.contains(start)
						&& isHeld(directory.resolve(other.stem()))) {
					leased.add(start);
				}
			}
		});
		return leased;
	}

	/**
	 * Locks a staging file for real, which a process that can't be seen from here does
	 * not prevent us from finding out. To be called only if this JVM has it not open.
	 * @return what holds the lock until it is closed, or {@code null} if another holds it
	 * @throws IOException if that can't be told
	 */
	@Nullable Grip grip(Path staging) throws IOException {
		LockFile file;
		try {
			// also for writing, which does not block on a FIFO that took the place
			file = this.files.openLockFile(staging, 0, false);
		}
		catch (AccessDeniedException ex) {
			return gripToRead(staging);
		}
		boolean locked = false;
		try {
			locked = file.tryLock();
			return locked ? file::close : null;
		}
		finally {
			if (!locked) {
				file.close();
			}
		}
	}

	private @Nullable Grip gripToRead(Path staging) throws IOException {
		FileHandle handle = this.files.openForSync(staging);
		boolean locked = false;
		try {
			locked = handle.tryLock();
			return locked ? handle::close : null;
		}
		finally {
			if (!locked) {
				handle.close();
			}
		}
	}

	/**
	 * The lock of a staging file.
	 */
	@FunctionalInterface
	interface Grip extends AutoCloseable {

		@Override
		void close() throws IOException;

	}

}

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
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.lock.LockFileRegistry;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the writer of a staging file is alive. A writer holds the lease of its
 * target or, without one, a lock on its staging file. If neither can be determined, the
 * writer counts as alive.
 */
final class OrphanJudge {

	private final FileOps files;

	private final LockRegistry locks;

	OrphanJudge(FileOps files, LockRegistry locks) {
		this.files = files;
		this.locks = locks;
	}

	/**
	 * Returns whether a process that is visible to this one, or this one itself, holds a
	 * lock on the file.
	 */
	boolean isMarked(FileStat staging) {
		return this.files.lockHolder(staging).isPresent();
	}

	/** Returns whether the lease under which the file would be written is held. */
	boolean isLeased(Directory directory, Artifact artifact) throws IOException {
		if (isHeld(directory.path(artifact.stem()))) {
			return true;
		}
		return artifact.shortened() && !leasedStarts(directory, Set.of(start(artifact))).isEmpty();
	}

	/** Returns whether the lease of a target is held. */
	boolean isHeld(Path target) {
		LockInfo info = inspect(target);
		if (info == null || info.state() == LockInfo.State.HELD) {
			return true;
		}
		// a writer that replaces a symbolic link holds the lease of the link itself
		return !info.target().equals(target)
				&& this.locks.held().stream().anyMatch((held) -> held.target().equals(target));
	}

	/** Returns whether the lock file of exactly this target is left over. */
	boolean isLeftover(Path target, Path lockFile) {
		try {
			// a lock file beside a symbolic link is not that of the file it points to
			return this.locks instanceof LockFileRegistry registry && registry.leftovers(target).contains(lockFile);
		}
		catch (AtomicWriteException ex) {
			// what can't be looked at is not known to be left over
			return false;
		}
	}

	/**
	 * Returns what is known of the lease of a target, or {@code null} if it can't be
	 * inspected.
	 */
	@Nullable LockInfo inspect(Path target) {
		try {
			return this.locks.inspect(target);
		}
		catch (AtomicWriteException ex) {
			// a lock that can't be inspected may be held
			return null;
		}
	}

	/** Returns the start of a shortened target name. */
	static String start(Artifact shortened) {
		return shortened.stem().substring(0, shortened.stem().lastIndexOf('~'));
	}

	/**
	 * Returns the starts with which the name of a leased target begins. The lock file of
	 * a target with a long name keeps more of the name than the staging file does.
	 */
	Set<String> leasedStarts(Directory directory, Collection<String> starts) throws IOException {
		Set<String> leased = new HashSet<>();
		directory.list((name) -> {
			Artifact other = ArtifactNames.parse(name);
			if (other == null || other.kind() != ArtifactKind.LOCK) {
				return;
			}
			for (String start : starts) {
				if (other.stems().stream().anyMatch((stem) -> stem.startsWith(start)) && !leased.contains(start)
						&& isHeld(directory.path(other.stem()))) {
					leased.add(start);
				}
			}
		});
		return leased;
	}

	/**
	 * Acquires the lock of a staging file, which also detects a holder that is not
	 * visible to this process. Must not be called while this JVM has the file open,
	 * because closing any descriptor of a file releases all POSIX record locks of the
	 * process on it (fcntl(2)).
	 * @return holds the lock until closed, or {@code null} if another process holds it
	 * @throws IOException if the file can't be opened or locked
	 */
	@Nullable Grip grip(Directory directory, String staging) throws IOException {
		LockFile file;
		try {
			// for reading and writing: this does not block if a FIFO took its place
			file = directory.openLockFile(staging, 0, false);
		}
		catch (AccessDeniedException ex) {
			return gripToRead(directory, staging);
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

	private @Nullable Grip gripToRead(Directory directory, String staging) throws IOException {
		FileHandle handle = directory.openForSync(staging);
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

package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.fs.LockFile;
import org.jspecify.annotations.Nullable;

/**
 * The record lock on one lock file, and the proof that its path still names the file that
 * is locked. {@code docs/concepts/locking.md} explains each step.
 *
 * <p>
 * Whoever acquires the lock gives the file a size that it did not have before. As long as
 * the path shows the size that we gave it, nobody else has acquired the lock, be it of
 * this file or of another that took its name.
 */
final class HostLock implements AutoCloseable {

	/** A lock file never has more than one block, and is made small again beyond half. */
	private static final long LARGE = 1 << 11;

	private static final int LARGEST_STEP = 1 << 10;

	/** How many bytes of a file are looked at to see that it is a lock file. */
	private static final int LOOK = 64;

	private final FileOps files;

	private final Path path;

	private final LockFile file;

	private long size;

	/** What the path showed when it last was shown to name the file. */
	private Optional<FileStat> seen = Optional.empty();

	private HostLock(FileOps files, Path path, LockFile file) {
		this.files = files;
		this.path = path;
		this.file = file;
	}

	/**
	 * Tries to lock an open lock file.
	 * @param left what the path showed of the file if it has stayed open without its lock
	 * @return the lock, or {@code null} if another process holds it
	 * @throws StaleFileException if the path no longer names the open file
	 */
	static @Nullable HostLock tryLock(FileOps files, Path path, LockFile file, @Nullable FileStat left)
			throws IOException {
		try {
			if (!file.tryLock()) {
				return null;
			}
			HostLock lock = new HostLock(files, path, file);
			if (left == null || !lock.isUnused(left)) {
				long before = file.size();
				if (before > 0) {
					refuseForeign(path, file);
				}
				lock.proveIdentity(before);
			}
			return lock;
		}
		catch (IOException ex) {
			throw IoErrors.isOfDeletedFile(ex) ? new StaleFileException(path, ex) : ex;
		}
	}

	/**
	 * Returns whether nobody has had the lock since the file was left open: the path
	 * names the same inode, whose number nobody else gets while it is open, and shows the
	 * same size.
	 */
	private boolean isUnused(FileStat left) throws IOException {
		FileStat now = this.files.stat(this.path);
		if (now != null && now.isSameFile(left) && now.size() == left.size()) {
			this.size = now.size();
			this.seen = Optional.of(now);
			return true;
		}
		return false;
	}

	/**
	 * Lock files hold zeros only; {@code Gemfile.lock} beside the target {@code Gemfile}
	 * is none. Read through the open file: closing another descriptor would drop the
	 * lock.
	 */
	static void refuseForeign(Path path, LockFile file) throws IOException {
		for (byte one : file.read(LOOK)) {
			if (one != 0) {
				throw new ForeignFileException(path, "holds data");
			}
		}
	}

	/**
	 * Shows that the path names the locked file: by its inode where the file operations
	 * can compare it, or else by the sizes that we give the one and that appear at the
	 * other. Two rounds, because another file may have the first size by chance, but it
	 * does not have the second one then.
	 */
	private void proveIdentity(long before) throws IOException {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		this.size = (before < LARGE) ? before : 0;
		for (int round = 0; round < 2; round++) {
			this.size += random.nextInt(1, LARGEST_STEP);
			if (this.size == before) {
				this.size++;
			}
			this.file.resize(this.size);
			if (round == 0) {
				this.seen = this.file.at(this.path);
				if (this.seen.isPresent()) {
					return;
				}
			}
			this.seen = look();
			if (this.seen.isEmpty()) {
				throw new StaleFileException(this.path, null);
			}
		}
	}

	/**
	 * Returns whether nobody else has acquired the lock since: the path shows our size,
	 * and the inode that it showed before. Where inodes change their numbers, the size is
	 * changed once more.
	 */
	synchronized boolean isHeld() throws IOException {
		Optional<FileStat> now = look();
		if (now.isEmpty() || this.seen.isEmpty()) {
			return false;
		}
		if (now.get().inode() == 0 || now.get().isSameFile(this.seen.get())) {
			return true;
		}
		try {
			proveIdentity(this.size);
			return true;
		}
		catch (StaleFileException ex) {
			return false;
		}
	}

	/** Returns what the path shows, if that has our size. */
	private Optional<FileStat> look() throws IOException {
		FileStat shown = this.files.stat(this.path);
		return (shown != null && shown.size() == this.size) ? Optional.of(shown) : Optional.empty();
	}

	LockFile file() {
		return this.file;
	}

	/**
	 * Deletes the lock file if the path still names it. To be called before the close.
	 */
	void deleteFile() throws IOException {
		// again for the reason only if the path still names our file: a server may have
		// deleted it and reported a failure
		if (isHeld() && !this.files.tryDelete(this.path) && isHeld()) {
			this.files.delete(this.path);
		}
	}

	/**
	 * Gives up the lock, and keeps the file open to be locked again. Makes the file one
	 * byte shorter: a filesystem that has failed meanwhile refuses that, as it would
	 * refuse the deletion.
	 * @return what the path shows of the file; empty if the lock has to be given up by
	 * closing the file
	 */
	Optional<FileStat> unlock() throws IOException {
		if (this.seen.isEmpty() || this.seen.get().inode() == 0 || this.size < 2) {
			return Optional.empty();
		}
		this.size--;
		this.file.resize(this.size);
		return this.file.unlock() ? Optional.of(this.seen.get().withSize(this.size)) : Optional.empty();
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

	/**
	 * The path names another file than the open one, which was deleted.
	 */
	static final class StaleFileException extends IOException {

		private static final long serialVersionUID = 1L;

		StaleFileException(Path path, @Nullable IOException cause) {
			super(path + " was replaced", cause);
		}

	}

	/**
	 * What is at the place of the lock file is none.
	 */
	static final class ForeignFileException extends FileSystemException {

		private static final long serialVersionUID = 1L;

		ForeignFileException(Path lockFile, String what) {
			super(lockFile.toString(), null,
					"its lock file " + lockFile.getFileName() + " " + what + ", so it is no lock file");
		}

	}

}

package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.fs.LockFile.RecordLock;
import org.jspecify.annotations.Nullable;

/**
 * The record lock on one lock file, and the proof that its path still names the file that
 * is locked. {@code docs/concepts/locking.md} tells why each step is there.
 *
 * <p>
 * The lock covers every byte but one, the <em>hole</em>, whose place is random. Another
 * holder would cover the hole, so that trying to lock it shows whether the lock was
 * dropped behind our back.
 */
final class HostLock implements AutoCloseable {

	private static final long LAST = Long.MAX_VALUE;

	private static final long HOLES = 1L << 40;

	/** Half of the longest a lock file gets; sizes are nonces. */
	private static final int SIZES = 1 << 15;

	private final FileOps files;

	private final Path path;

	private final LockFile file;

	private final long hole;

	private long size;

	private @Nullable RecordLock probe;

	private HostLock(FileOps files, Path path, LockFile file, long hole) {
		this.files = files;
		this.path = path;
		this.file = file;
		this.hole = hole;
	}

	/**
	 * Tries to lock an open lock file.
	 * @return the lock, or {@code null} if another process holds it
	 * @throws StaleFileException if the path no longer names the open file
	 */
	static @Nullable HostLock tryLock(FileOps files, Path path, LockFile file) throws IOException {
		long hole = ThreadLocalRandom.current().nextLong(1, HOLES);
		RecordLock below = file.tryLock(0, hole);
		if (below == null) {
			return null;
		}
		if (file.tryLock(hole + 1, LAST - hole - 1) == null) {
			below.release();
			return null;
		}
		HostLock lock = new HostLock(files, path, file, hole);
		lock.proveIdentity();
		return lock;
	}

	/**
	 * Shows that the path names the locked file: a size that only the holder can give it
	 * appears there. Twice, because another file may have the first size by chance, but
	 * does not change it.
	 */
	private void proveIdentity() throws IOException {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		for (int round = 0; round < 2; round++) {
			this.size += random.nextInt(1, SIZES);
			this.file.resize(this.size);
			if (!namesOurFile()) {
				throw new StaleFileException(this.path);
			}
		}
	}

	private boolean namesOurFile() throws IOException {
		try {
			return this.files.size(this.path) == this.size;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	/**
	 * Returns whether the lock is still ours, and takes the hole too if it is: should the
	 * rest have been dropped, the hole alone keeps other holders out from now on.
	 */
	boolean isHeld() throws IOException {
		if (this.probe != null) {
			this.probe.release();
		}
		this.probe = this.file.tryLock(this.hole, 1);
		return this.probe != null && namesOurFile();
	}

	/**
	 * Deletes the lock file if the path still names it. To be called before the close.
	 */
	void deleteFile() throws IOException {
		if (namesOurFile()) {
			this.files.delete(this.path);
		}
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

		StaleFileException(Path path) {
			super(path + " was replaced");
		}

	}

}

package io.atomicwrite.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An open lock file, the only descriptor of it in this JVM. Closing it drops the lock.
 */
public interface LockFile extends Closeable {

	/**
	 * Tries to lock the whole file against other processes ({@code F_SETLK}). Lasts until
	 * {@link #unlock()}, or until the file is closed.
	 * @return whether the lock was free
	 * @throws IOException if the filesystem has no locks
	 */
	boolean tryLock() throws IOException;

	/**
	 * Returns the size of the file.
	 * @return the size in bytes
	 * @throws IOException if it can't be determined
	 */
	long size() throws IOException;

	/**
	 * Returns what a path shows if it names this very file, with the size that it has
	 * since the last {@link #size()} or {@link #resize}. Where the system can't compare
	 * the two, as that of the JDK, the result is empty and proves nothing.
	 * @param path the path
	 * @return what the path shows; empty if this is not shown
	 * @throws IOException if the path can't be looked at
	 */
	default Optional<FileStat> at(Path path) throws IOException {
		return Optional.empty();
	}

	/**
	 * Reads the start of the file through this very descriptor.
	 * @param limit how many bytes at the most
	 * @return the bytes, fewer if the file is shorter
	 * @throws IOException if it can't be read
	 */
	byte[] read(int limit) throws IOException;

	/**
	 * Makes the file that many bytes long. To be called with the lock held, after
	 * {@link #size()}.
	 * @param length the length, at least 1
	 * @throws IOException if it can't be changed
	 */
	void resize(long length) throws IOException;

	/**
	 * Gives up the lock and keeps the file open, where this is supported.
	 * @return whether the lock was given up
	 * @throws IOException if it could not be given up
	 */
	default boolean unlock() throws IOException {
		return false;
	}

}

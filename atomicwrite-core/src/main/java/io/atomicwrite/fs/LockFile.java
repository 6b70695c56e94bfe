package io.atomicwrite.fs;

import java.io.Closeable;
import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * An open lock file, the only descriptor of it in this JVM. Closing it drops every record
 * lock on it.
 */
public interface LockFile extends Closeable {

	/**
	 * Tries to lock a range of bytes, existing or not, against other processes
	 * ({@code F_SETLK}).
	 * @param position the first byte
	 * @param size the number of bytes
	 * @return the lock, or {@code null} if another process holds one that overlaps
	 * @throws IOException if the filesystem has no locks
	 */
	@Nullable RecordLock tryLock(long position, long size) throws IOException;

	/**
	 * Makes the file that many bytes long.
	 * @param length the length, at least 1
	 * @throws IOException if it can't be changed
	 */
	void resize(long length) throws IOException;

	/**
	 * A locked range.
	 */
	interface RecordLock {

		/**
		 * Unlocks the range.
		 * @throws IOException if it can't be unlocked
		 */
		void release() throws IOException;

	}

}

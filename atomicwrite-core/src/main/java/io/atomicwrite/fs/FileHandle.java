package io.atomicwrite.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file. Not for concurrent use, except that a sync may run while more is written:
 * it takes in what was written before it began.
 */
public interface FileHandle extends Closeable {

	/**
	 * Writes all remaining bytes of a buffer after those written before.
	 * @param bytes the bytes
	 * @throws IOException if not all of them could be written
	 */
	void write(ByteBuffer bytes) throws IOException;

	/**
	 * Lets the disk begin with what was written, where there is a call that does not wait
	 * for it ({@code sync_file_range(2)}): a later {@link #sync} finds less to do, and
	 * reports what goes wrong. Makes nothing durable.
	 * @throws IOException if the file is closed
	 */
	default void startWriteback() throws IOException {
		// the sync will do it all
	}

	/**
	 * Writes content to the disk and waits for that, without waiting for the journal,
	 * where there is a call for it ({@code sync_file_range(2)}); a {@link #sync}
	 * everywhere else. Nothing is durable afterwards. On a filesystem that
	 * {@linkplain io.atomicwrite.guarantee.Filesystem#keepsOrder() keeps the order} of
	 * changes, a name that the file is given from now on is durable only with this
	 * content, and a sync of the directory makes both durable. After a failure the file
	 * is of no use.
	 * @throws IOException if the content could not be written
	 */
	default void writeOut() throws IOException {
		sync();
	}

	/**
	 * Forces content and metadata to stable storage ({@code fsync(2)}). After a failure
	 * the file is of no use: the error is reported once, and a second sync may succeed
	 * although data was lost.
	 * @throws IOException if the sync failed
	 */
	void sync() throws IOException;

	/**
	 * Locks the file against other processes, as a sign that its writer lives. Lasts
	 * until the file is closed; with the calls of the JDK, any descriptor of it in this
	 * process ({@code fcntl(2)}).
	 * @return whether the lock was free; not if this process holds it through another
	 * descriptor, unless both are shared
	 * @throws IOException if the filesystem has no locks
	 */
	boolean tryLock() throws IOException;

}

package io.atomicwrite.fs;

import java.io.Closeable;
import java.io.IOException;

/**
 * An open directory.
 */
public interface DirectoryHandle extends Closeable {

	/**
	 * Forces the entries of the directory to stable storage. Like
	 * {@link FileHandle#sync()} it must not be repeated after a failure.
	 * @throws IOException if the sync failed
	 */
	void sync() throws IOException;

}

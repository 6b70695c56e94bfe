package io.atomicwrite.core;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Produces the content of a file. Invoked once for each write, in the thread of the write
 * and while the lease of the file is held, so an implementation that is used for one
 * write at a time need not be thread-safe.
 */
@FunctionalInterface
public interface ContentWriter {

	/**
	 * Writes the content. What it throws discards the write.
	 * @param out takes the content; closing it is not needed and commits nothing
	 * @throws IOException if the content can't be produced
	 */
	void writeTo(OutputStream out) throws IOException;

}

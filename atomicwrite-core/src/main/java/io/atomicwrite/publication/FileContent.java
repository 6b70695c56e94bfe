package io.atomicwrite.publication;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Produces the content of one file of a version.
 */
@FunctionalInterface
public interface FileContent {

	/**
	 * Writes the content.
	 * @param out takes it; need not be closed
	 * @throws IOException if the content can't be produced or written
	 */
	void writeTo(OutputStream out) throws IOException;

}

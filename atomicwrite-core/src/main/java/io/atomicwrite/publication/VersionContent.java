package io.atomicwrite.publication;

import java.io.IOException;

/**
 * Produces the files of a version.
 */
@FunctionalInterface
public interface VersionContent {

	/**
	 * Adds the files, one after another.
	 * @param out takes them; of no use afterwards
	 * @throws IOException if a file can't be produced or written; nothing is published
	 */
	void writeTo(VersionWriter out) throws IOException;

}

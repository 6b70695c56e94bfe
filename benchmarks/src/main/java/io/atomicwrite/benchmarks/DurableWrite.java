package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One durable overwrite of a file.
 */
@FunctionalInterface
interface DurableWrite {

	/**
	 * Replaces a file durably.
	 * @param target the file
	 * @param content its new content
	 * @throws IOException if that failed
	 */
	void write(Path target, byte[] content) throws IOException;

}

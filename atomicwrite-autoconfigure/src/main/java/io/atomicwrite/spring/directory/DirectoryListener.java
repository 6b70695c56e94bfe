package io.atomicwrite.spring.directory;

import io.atomicwrite.maintenance.DirectoryCensus;

/**
 * Observes the looks at managed directories. Invoked by the thread that has looked, never
 * by two threads at once for one directory. It may not block; what it throws is ignored.
 */
@FunctionalInterface
public interface DirectoryListener {

	/**
	 * A directory was inspected, or could not be. Not invoked while it does not answer.
	 * @param directory the directory
	 * @param answer what was found
	 */
	void looked(ManagedDirectory directory, Answer<DirectoryInspection> answer);

	/**
	 * The artifacts of a directory were counted, or could not be.
	 * @param directory the directory
	 * @param answer what was found
	 */
	default void counted(ManagedDirectory directory, Answer<DirectoryCensus.Report> answer) {
	}

}

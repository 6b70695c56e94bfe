package io.atomicwrite.maintenance;

import java.nio.file.Path;

import io.atomicwrite.artifact.ArtifactKind;

/**
 * A listener for the events of a sweep. It is invoked in the thread that sweeps, and
 * anything that it throws is ignored.
 */
public interface SweepListener {

	/**
	 * Invoked when an artifact was removed, or in a dry run would have been.
	 * @param file the artifact
	 * @param kind its kind
	 * @param size its size in bytes
	 */
	default void removed(Path file, ArtifactKind kind, long size) {
	}

	/**
	 * Invoked when a file or directory could not be processed. The sweep continues.
	 * @param path the file or directory
	 * @param reason the reason, as text for a person
	 */
	default void failed(Path path, String reason) {
	}

	/**
	 * Invoked every thousand entries and at the end.
	 * @param examined the number of directory entries examined so far
	 */
	default void progress(long examined) {
	}

}

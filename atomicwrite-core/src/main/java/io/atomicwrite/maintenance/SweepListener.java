package io.atomicwrite.maintenance;

import java.nio.file.Path;

import io.atomicwrite.artifact.ArtifactKind;

/**
 * Is told what a sweep does, in the thread that sweeps. What it throws is ignored.
 */
public interface SweepListener {

	/**
	 * An artifact was removed, or would have been in a dry run.
	 * @param file the artifact
	 * @param kind what it was
	 * @param size its size in bytes
	 */
	default void removed(Path file, ArtifactKind kind, long size) {
	}

	/**
	 * Something could not be done; the sweep goes on.
	 * @param path the file or directory
	 * @param reason why, for a person
	 */
	default void failed(Path path, String reason) {
	}

	/**
	 * Called every thousand entries, and at the end.
	 * @param examined the number of directory entries looked at so far
	 */
	default void progress(long examined) {
	}

}

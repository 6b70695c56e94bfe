package io.atomicwrite.core;

import java.nio.file.Path;

/**
 * Is told of writes, in the thread that writes. What it throws is swallowed.
 */
public interface WriteListener {

	/**
	 * A write begins.
	 * @param attempt the write
	 */
	default void started(WriteAttempt attempt) {
	}

	/**
	 * A write has succeeded.
	 * @param attempt the write
	 * @param result what became of it
	 */
	default void completed(WriteAttempt attempt, WriteResult result) {
	}

	/**
	 * A write has failed.
	 * @param attempt the write
	 * @param failure what it failed with
	 */
	default void failed(WriteAttempt attempt, Throwable failure) {
	}

	/**
	 * A write was given up by its caller without a commit.
	 * @param attempt the write
	 */
	default void discarded(WriteAttempt attempt) {
	}

	/**
	 * A write, a move or a delete goes on though a guarantee is not kept, because its
	 * safety policy is {@link io.atomicwrite.SafetyPolicy#WARN}. Called once for each
	 * such guarantee and each such write.
	 * @param target the target
	 * @param warning which guarantee is not kept, and why
	 */
	default void warned(Path target, String warning) {
	}

	/**
	 * A file was verified and does not have the checksum that was written with it.
	 * @param file the file
	 */
	default void checksumFailed(Path file) {
	}

	/**
	 * A backup was read in the place of a file that does not verify.
	 * @param file the file
	 * @param backup the backup
	 */
	default void fellBack(Path file, Path backup) {
	}

	/**
	 * A {@link StagedWrite} was neither committed nor closed before it was garbage. Its
	 * staging file and its lease are gone now.
	 * @param target the target that was not written
	 */
	default void leaked(Path target) {
	}

}

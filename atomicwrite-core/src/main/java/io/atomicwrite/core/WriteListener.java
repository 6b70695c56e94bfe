package io.atomicwrite.core;

import java.nio.file.Path;

/**
 * A listener for the events of writes, moves and deletes. It is invoked in the thread
 * that writes, by several threads at once. What it throws is ignored: a listener can't
 * fail a write.
 */
public interface WriteListener {

	/**
	 * A write, move or delete begins.
	 * @param attempt the attempt
	 */
	default void started(WriteAttempt attempt) {
	}

	/**
	 * A write, move or delete has succeeded.
	 * @param attempt the attempt
	 * @param result its result
	 */
	default void completed(WriteAttempt attempt, WriteResult result) {
	}

	/**
	 * A write, move or delete has failed.
	 * @param attempt the attempt
	 * @param failure what its caller gets
	 */
	default void failed(WriteAttempt attempt, Throwable failure) {
	}

	/**
	 * An attempt was given up without a commit: its caller discarded it, or there was
	 * nothing to change or to delete.
	 * @param attempt the attempt
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

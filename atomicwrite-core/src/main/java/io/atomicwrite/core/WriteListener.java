package io.atomicwrite.core;

import java.nio.file.Path;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.guarantee.Filesystem;

/**
 * A listener for the events of writes, moves and deletes. It is invoked in the thread
 * that writes, by several threads at once. What it throws is ignored: a listener can't
 * fail a write. A listener may write itself; it is not invoked for that.
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
	 * safety policy is {@link io.atomicwrite.SafetyPolicy#WARN}, or though its companions
	 * lie where a program may read every file, as in a directory whose name ends in
	 * {@code .d} or {@code -enabled}, or though the old owner of the target can't read it
	 * any more. Called once for each such reason and each such write.
	 * @param target the target
	 * @param warning what is not as it should be, and why
	 */
	default void warned(Path target, String warning) {
	}

	/**
	 * The filesystem of a target is in memory by its nature, so that what is written
	 * there survives no crash, and {@link io.atomicwrite.SafetyPolicy#STRICT} lets it
	 * pass. Called once for each such mount by each template; {@link #warned} is called
	 * unless this method is overridden.
	 * @param target the target of the first write
	 * @param filesystem the filesystem, with its mount point
	 * @param warning which guarantee is not kept, and why
	 */
	default void warnedOfMount(Path target, Filesystem filesystem, String warning) {
		warned(target, warning);
	}

	/**
	 * A file was verified and does not have the checksum that was written with it.
	 * @param file the file
	 */
	default void checksumFailed(Path file) {
	}

	/**
	 * A file was read and has the checksum that was written with it.
	 * @param file the file
	 */
	default void readVerified(Path file) {
	}

	/**
	 * A read failed because the file does not have its checksum, and no backup took its
	 * place. {@link #checksumFailed} was called before.
	 * @param file the file
	 */
	default void readDamaged(Path file) {
	}

	/**
	 * A backup was read in the place of a file that does not verify.
	 * @param file the file
	 * @param backup the backup
	 */
	default void fellBack(Path file, Path backup) {
	}

	/**
	 * A backup was read in the place of a file that does not verify. Calls
	 * {@link #fellBack(Path, Path)} unless this method is overridden.
	 * @param file the file
	 * @param backup the backup
	 * @param reason why the file itself could not be used
	 */
	default void fellBack(Path file, Path backup, AtomicWriteException reason) {
		fellBack(file, backup);
	}

	/**
	 * A {@link StagedWrite} was neither committed nor closed before it was garbage. Its
	 * staging file and its lease are gone now.
	 * @param target the target that was not written
	 */
	default void leaked(Path target) {
	}

}

package io.atomicwrite.artifact;

import java.io.IOException;

import io.atomicwrite.fs.Directory;

/**
 * The operation that a step belongs to. A step registers how it is undone as soon as it
 * is done, and reports the directories whose entries it changed; the operation syncs
 * them. Used by the thread of the operation alone.
 */
public interface ChangeScope {

	/**
	 * Registers a step that releases something, however the operation ends.
	 * @param step the step
	 */
	void always(Step step);

	/**
	 * Registers a step that reverts a change, unless the operation is committed.
	 * @param step the step
	 */
	void unlessCommitted(Step step);

	/**
	 * Reports that an entry of a directory was changed or is about to be.
	 * @param directory the directory
	 * @throws IOException if the directory can't be opened to be synced
	 */
	void changed(Directory directory) throws IOException;

	/**
	 * Makes sure that the content of a staging file is durable before the name that it is
	 * about to get. Must not be repeated after a failure.
	 * @param content the staging file
	 * @throws IOException if it could not be written
	 */
	void settle(StagingFile content) throws IOException;

	/**
	 * Makes the changes so far durable.
	 * @throws IOException if a sync fails
	 */
	void sync() throws IOException;

	/**
	 * Checks the lease right before a companion is replaced, where the next holder of the
	 * lock revokes this one: a staging file that exists before this check can't take a
	 * name after the next holder has begun. Does nothing where leases are not fenced: one
	 * check before all companions does there.
	 * @throws io.atomicwrite.LockLostException if the lease is not held
	 */
	default void ensureHeldIfFenced() {
	}

	/**
	 * Returns whether the next holder of the lock revokes this one by deleting its
	 * staging files.
	 * @return whether the lease is fenced
	 */
	default boolean isFenced() {
		return false;
	}

	/** One step, forward or back. */
	@FunctionalInterface
	interface Step {

		/**
		 * Takes the step.
		 * @throws IOException if it fails
		 */
		void run() throws IOException;

	}

}

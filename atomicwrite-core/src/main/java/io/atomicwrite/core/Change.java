package io.atomicwrite.core;

import java.io.IOException;

import io.atomicwrite.WriteOutcome;

/**
 * What an operation does to its target once everything before it is done. The protocol
 * calls its methods in the order in which they stand here.
 */
interface Change {

	/** Where it happens. */
	Site site();

	/** What has to stand beside the target. */
	Companions companions();

	/** Phase 6: whatever the content still lacks. */
	default void prepare() throws IOException {
	}

	/** Phase 7: whatever is to be on the disk before its name is. */
	default void sync() throws IOException {
	}

	/**
	 * Notes what shows later whether the commit has happened, where the next holder of
	 * the lock deletes the staging file of this one.
	 */
	default void fence() throws IOException {
	}

	/**
	 * Looks at the target once more, right before the commit: an editor ignores leases.
	 */
	default void confirm() throws IOException {
	}

	/** Phase 9: the one step that readers see. */
	void commit() throws IOException;

	/**
	 * Takes away the name that the commit has left behind, before the names are synced.
	 */
	void dropOldName() throws IOException;

	/** Phase 10, once the names are synced. */
	void settle() throws IOException;

	/** The result, once the leases are released. */
	WriteResult result(WriteOutcome outcome);

}

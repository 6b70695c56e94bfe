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

	/** Phases 6 and 7: whatever is to be on the disk before its name is. */
	void prepare() throws IOException;

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

package io.atomicwrite.publication;

import java.util.List;

/**
 * What a sweep did. Immutable.
 *
 * @param removed versions that retention no longer keeps
 * @param unfinished versions that were never finished and whose writer is gone
 * @param inUse versions that would have gone, but that a reader or a writer has open
 */
public record VersionSweepReport(List<String> removed, List<String> unfinished, List<String> inUse) {

	/**
	 * Creates a report.
	 */
	public VersionSweepReport {
		removed = List.copyOf(removed);
		unfinished = List.copyOf(unfinished);
		inUse = List.copyOf(inUse);
	}

}

package io.atomicwrite.maintenance;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The artifacts that lie in a directory.
 *
 * @param orphans staging files whose writer is gone
 * @param leftoverLocks the number of lock files that nobody holds
 * @param backups the number of backups
 */
public record CensusReport(Orphans orphans, long leftoverLocks, long backups) {

	/**
	 * Staging files whose writer is gone.
	 *
	 * @param count their number
	 * @param bytes the bytes in them
	 * @param oldest when the oldest of them was last written, or {@code null} if there is
	 * none
	 */
	public record Orphans(long count, long bytes, @Nullable Instant oldest) {
	}

}

package io.atomicwrite.maintenance;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The number of artifacts in a directory. Immutable.
 *
 * @param orphans the staging files whose writer is gone
 * @param leftoverLocks the number of lock files without a holder
 * @param backups the number of backups
 */
public record CensusReport(Orphans orphans, long leftoverLocks, long backups) {

	/**
	 * Staging files whose writer is gone.
	 *
	 * @param count the number of files
	 * @param bytes their total size in bytes
	 * @param oldest the earliest modification time, or {@code null} if there are none
	 */
	public record Orphans(long count, long bytes, @Nullable Instant oldest) {
	}

}

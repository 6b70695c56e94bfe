package io.atomicwrite.spring.actuate.endpoint;

import java.time.Instant;
import java.util.List;

import io.atomicwrite.spring.actuate.endpoint.LocksDescriptor.HeldLockDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of a page of the orphans, the locks or the backups in a managed directory.
 * Only the list that was asked for is there.
 *
 * @param directory the name of the directory
 * @param orphans staging files whose writer is gone, the oldest first
 * @param locks locks that are held, the oldest first
 * @param backups backups of one file, the newest first
 * @param count how many there are in all
 * @param offset the index of the first of the list
 * @param limit the most that the list has
 * @param error why there is no list
 */
public record ListDescriptor(String directory, @Nullable List<OrphanDescriptor> orphans,
		@Nullable List<HeldLockDescriptor> locks, @Nullable List<BackupDescriptor> backups, int count, int offset,
		int limit, @Nullable String error) implements OperationResponseBody {

	/**
	 * Description of an orphan.
	 *
	 * @param file its name
	 * @param bytes its size in bytes
	 * @param modified when it was written last
	 */
	public record OrphanDescriptor(String file, long bytes, Instant modified) {
	}

	/**
	 * Description of a backup.
	 *
	 * @param backup its name, to restore it by
	 * @param path its path
	 * @param bytes its size in bytes
	 * @param modified when its content was written
	 */
	public record BackupDescriptor(String backup, String path, long bytes, Instant modified) {
	}

}

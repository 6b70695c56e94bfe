package io.atomicwrite.spring.actuate.console;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of the backups of a directory.
 *
 * @param path where the backups are
 * @param total the number of all backups
 * @param backups the newest backups, newest first, at most {@value #LISTED}
 */
public record BackupsDescriptor(String path, int total,
		List<BackupDescriptor> backups) implements OperationResponseBody {

	static final int LISTED = 200;

	/**
	 * Description of a backup.
	 *
	 * @param name its file name
	 * @param target the file name of the target that it is a previous content of
	 * @param made when it was made, absent if its name has no time stamp
	 * @param modified when its content was written
	 * @param size its size in bytes
	 */
	public record BackupDescriptor(String name, String target, @Nullable Instant made, Instant modified, long size) {
	}

}

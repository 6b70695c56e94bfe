package io.atomicwrite.watch;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * Where a path leads, and through what.
 *
 * @param directories by canonical path: the directory of each symbolic link on the way,
 * and that of the end
 * @param end the canonical path of the file; of the first missing name if there is none
 * @param stat the status of the file, or {@code null} if it is missing
 */
record Chain(Map<Path, Place> directories, Path end, @Nullable FileStat stat) {

	/**
	 * A directory on the way.
	 *
	 * @param identity its status
	 * @param names the names in it that decide where the path leads
	 */
	record Place(FileStat identity, Set<String> names) {
	}

}

package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileOps.DiskSpace;

/**
 * The space of filesystems, determined at most every 30 seconds for each directory: to
 * count the free inodes takes a process. Thread-safe.
 */
final class Spaces {

	private static final long MAX_AGE_NANOS = Duration.ofSeconds(30).toNanos();

	private final FileOps files;

	private final Map<Path, Measured> known = new ConcurrentHashMap<>();

	Spaces(FileOps files) {
		this.files = files;
	}

	DiskSpace of(Path directory) throws IOException {
		long now = System.nanoTime();
		Measured last = this.known.get(directory);
		if (last != null && now - last.nanos < MAX_AGE_NANOS) {
			return last.space;
		}
		DiskSpace space = this.files.space(directory);
		this.known.put(directory, new Measured(space, now));
		return space;
	}

	private record Measured(DiskSpace space, long nanos) {
	}

}

package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.fs.FileOps;

/**
 * The filesystems that keep a thread waiting. No second thread is lost to them.
 * Thread-safe.
 */
final class SilentMounts {

	private final FileOps files;

	private final Map<Path, Integer> waiting = new ConcurrentHashMap<>();

	SilentMounts(FileOps files) {
		this.files = files;
	}

	/** Refuses a path on a filesystem that does not answer. */
	void require(Path canonical) {
		if (this.waiting.isEmpty()) {
			return;
		}
		Path point = pointOf(canonical);
		if (this.waiting.containsKey(point)) {
			throw new NoAnswerException(point);
		}
	}

	/**
	 * Notes that a thread waits for a path.
	 * @return what to pass to {@link #answered} once it has the answer
	 */
	Path silent(Path canonical) {
		Path point = pointOf(canonical);
		this.waiting.merge(point, 1, Integer::sum);
		return point;
	}

	void answered(Path point) {
		this.waiting.computeIfPresent(point, (key, count) -> (count > 1) ? count - 1 : null);
	}

	/** By the table of mounts alone, which asks no filesystem. */
	private Path pointOf(Path canonical) {
		Path next = canonical;
		while (next.getParent() != null && !isPoint(next)) {
			next = next.getParent();
		}
		return next;
	}

	private boolean isPoint(Path path) {
		try {
			return this.files.isMountPoint(path);
		}
		catch (IOException ex) {
			return false;
		}
	}

}

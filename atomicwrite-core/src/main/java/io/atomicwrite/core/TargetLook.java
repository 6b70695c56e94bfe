package io.atomicwrite.core;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a target. A client of a network filesystem may answer from what it remembers,
 * and not find a file that is there. A file counts as missing there only if its directory
 * does not list it, so that no update starts from nothing.
 */
final class TargetLook {

	/** Together longer than clients remember by default. */
	private static final int ATTEMPTS = 30;

	private static final Duration PAUSE = Duration.ofMillis(50);

	private TargetLook() {
	}

	/**
	 * Returns the status of a target.
	 * @param local whether only this host changes the directory
	 * @return the status, or {@code null} if there is no such file
	 * @throws IOException if that can't be found out
	 */
	static @Nullable FileStat stat(Directory directory, String name, boolean local) throws IOException {
		if (local) {
			return directory.stat(name);
		}
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			FileStat found = statOrNull(directory, name);
			if (found != null || !isListed(directory, name)) {
				return found;
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
		throw new IOException(directory.path(name) + ": the directory lists the file, but it is not found");
	}

	private static @Nullable FileStat statOrNull(Directory directory, String name) throws IOException {
		try {
			return directory.stat(name);
		}
		catch (IOException ex) {
			if (IoErrors.isOfDeletedFile(ex)) {
				return null;
			}
			throw ex;
		}
	}

	private static boolean isListed(Directory directory, String name) throws IOException {
		boolean[] listed = { false };
		directory.list((found) -> listed[0] |= found.equals(name));
		return listed[0];
	}

}

package io.atomicwrite.core;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a target. A client of a network filesystem may answer from what it remembers,
 * and not find a file that is there, or open one that another host has replaced. A file
 * counts as missing there only if its directory does not list it, so that no update
 * starts from nothing.
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

	/**
	 * Reads a target that is there, and once more as long as the client has another file
	 * in mind.
	 * @param local whether only this host changes the directory
	 * @param reading reads it
	 * @return what was read
	 * @throws IOException if it can't be read
	 */
	static <T extends @Nullable Object> T read(boolean local, Reading<T> reading) throws IOException {
		for (int attempt = 1;; attempt++) {
			try {
				return reading.read();
			}
			catch (IOException ex) {
				if (local || attempt == ATTEMPTS || !IoErrors.isOfDeletedFile(ex)) {
					throw ex;
				}
				LockSupport.parkNanos(PAUSE.toNanos());
			}
		}
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

	/**
	 * Reads a target.
	 *
	 * @param <T> what is read
	 */
	@FunctionalInterface
	interface Reading<T extends @Nullable Object> {

		T read() throws IOException;

	}

}

package io.atomicwrite.artifact;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;

/**
 * Determines the maximum length of a name in a directory. Java has no equivalent of
 * {@code pathconf(_PC_NAME_MAX)}, so names of various lengths are looked up. Stateless
 * and thread-safe.
 */
public final class NameLimit {

	/** The shortest limit in common use (eCryptfs). Names within it need no lookup. */
	private static final int SAFE = 143;

	/**
	 * More bytes than an artifact adds to the name of its target, with a suffix of the
	 * user too.
	 */
	private static final int LONGEST_ADDITION = 64;

	private NameLimit() {
	}

	/**
	 * Returns the maximum length of a name in a directory that is not open.
	 * @param files the file operations
	 * @param canonical the directory
	 * @param target the name of the target whose artifacts are to be named
	 * @return as {@link #of(Directory, String)} does
	 * @throws IOException if the directory can't be searched
	 */
	public static int of(FileOps files, Path canonical, String target) throws IOException {
		if (isShort(target)) {
			return ArtifactNames.USUAL_LIMIT;
		}
		try (Directory directory = files.open(canonical)) {
			return of(directory, target);
		}
	}

	/**
	 * Returns the maximum length of a name in a directory. If every artifact of the
	 * target fits on any filesystem in common use, this returns
	 * {@link ArtifactNames#USUAL_LIMIT} without I/O.
	 * @param directory the directory
	 * @param target the name of the target whose artifacts are to be named
	 * @return the limit in bytes, or a larger value that no artifact of that target
	 * exceeds
	 * @throws IOException if the directory can't be searched
	 */
	public static int of(Directory directory, String target) throws IOException {
		if (isShort(target)) {
			return ArtifactNames.USUAL_LIMIT;
		}
		int fits = 0;
		int tooLong = ArtifactNames.USUAL_LIMIT + 1;
		for (int probe = ArtifactNames.USUAL_LIMIT; tooLong - fits > 1; probe = (fits + tooLong) / 2) {
			if (takes(directory, probe)) {
				fits = probe;
			}
			else {
				tooLong = probe;
			}
		}
		return fits;
	}

	private static boolean isShort(String target) {
		return target.length() * 3 + LONGEST_ADDITION <= SAFE
				|| ArtifactNames.length(target) + LONGEST_ADDITION <= SAFE;
	}

	private static boolean takes(Directory directory, int length) throws IOException {
		try {
			directory.stat("x".repeat(length));
			return true;
		}
		catch (IOException ex) {
			if (IoErrors.isOfLongName(ex)) {
				return false;
			}
			throw ex;
		}
	}

}

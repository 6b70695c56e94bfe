package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A target by the one name that all its names lead to: its directory without links, and
 * links at its own place followed, also when the last of them leads to nothing.
 *
 * @param path the canonical path
 * @param kind what is there, or {@code null} if nothing is
 */
public record CanonicalTarget(Path path, FileStat.@Nullable Kind kind) {

	/** As many as Linux follows, see path_resolution(7). */
	static final int MAX_LINKS = 40;

	/**
	 * Finds the canonical name of a target.
	 * @param files the file operations
	 * @param raw the target as the caller names it
	 * @return the canonical target
	 * @throws MagicLinkException if it leads through a link of {@code /proc} to what a
	 * process has open
	 * @throws IOException if its directory does not exist or can't be searched, or links
	 * lead in a circle
	 */
	public static CanonicalTarget of(FileOps files, Path raw) throws IOException {
		Path next = raw.toAbsolutePath();
		for (int links = 0; links <= MAX_LINKS; links++) {
			Path place = placeOf(files, next);
			FileStat.Kind kind = files.kind(place);
			if (kind != FileStat.Kind.LINK) {
				return new CanonicalTarget(place, kind);
			}
			next = place.resolveSibling(MagicLinks.follow(files, place));
		}
		throw new FileSystemLoopException(raw.toString());
	}

	/**
	 * Resolves the directory of a path and leaves its last name alone.
	 * @param files the file operations
	 * @param raw the path
	 * @return the canonical place of the path
	 * @throws IOException if the directory does not exist or can't be searched
	 */
	public static Path placeOf(FileOps files, Path raw) throws IOException {
		Path absolute = raw.toAbsolutePath();
		Path directory = absolute.getParent();
		Path name = absolute.getFileName();
		if (directory == null || name == null) {
			return absolute;
		}
		return directory(files, directory).resolve(name);
	}

	/**
	 * Resolves a directory in which something is to be changed.
	 * @param files the file operations
	 * @param raw the path of the directory
	 * @return its canonical path
	 * @throws MagicLinkException if it leads through a link of {@code /proc} to what a
	 * process has open
	 * @throws IOException if the directory does not exist or can't be searched
	 */
	public static Path directory(FileOps files, Path raw) throws IOException {
		Path absolute = raw.toAbsolutePath();
		Path canonical = files.canonical(absolute);
		if (!canonical.equals(absolute)) {
			MagicLinks.refuseThrough(files, absolute);
		}
		return canonical;
	}

}

package io.atomicwrite.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a directory tree looks like to everyone else: each name with its kind, its mode,
 * its content and when that was written.
 */
public final class Snapshot {

	private static final int MODE = 07777;

	private Snapshot() {
	}

	/**
	 * Looks at a tree. The times of directories are left out: creating and deleting in
	 * them, as a lock does, is no change that stays.
	 * @param directory the directory
	 * @return each relative path with a line that says all of it
	 */
	public static Map<String, String> of(Path directory) {
		Map<String, String> found = new TreeMap<>();
		try (Stream<Path> paths = Files.walk(directory)) {
			for (Path path : (Iterable<Path>) paths.filter((one) -> !one.equals(directory))::iterator) {
				found.put(directory.relativize(path).toString(), line(path));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found;
	}

	private static String line(Path path) throws IOException {
		if (Files.isSymbolicLink(path)) {
			return "link to " + Files.readSymbolicLink(path);
		}
		if (Files.isDirectory(path)) {
			return "directory";
		}
		int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & MODE;
		return Integer.toOctalString(mode) + " " + Files.getLastModifiedTime(path) + " "
				+ (Files.isReadable(path) ? Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1) : "");
	}

}

package io.atomicwrite.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is in a directory.
 */
public final class DirectoryContent {

	private DirectoryContent() {
	}

	/**
	 * Returns the names in a directory and below.
	 * @param directory the directory
	 * @return the relative paths, sorted
	 */
	public static List<String> of(Path directory) {
		try (Stream<Path> paths = Files.walk(directory)) {
			return paths.filter((path) -> !path.equals(directory))
				.map((path) -> directory.relativize(path).toString())
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

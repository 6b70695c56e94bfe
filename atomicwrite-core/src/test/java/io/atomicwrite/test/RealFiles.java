package io.atomicwrite.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.format.MalformedContentException;

/**
 * The files of the programs on this machine, and how an edit has changed one.
 */
public final class RealFiles {

	private static final long LARGEST = 300_000;

	private RealFiles() {
	}

	/**
	 * Finds files, spread over all there are and the same ones in each run.
	 * @param suffixes how their names end
	 * @param most about how many
	 * @return the files
	 * @throws IOException if a root can't be walked
	 */
	public static List<Path> find(List<String> suffixes, int most) throws IOException {
		List<Path> found = new ArrayList<>();
		for (String root : System.getProperty("real-files.roots", "/etc:/usr").split(":")) {
			Files.walkFileTree(Path.of(root), new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (attributes.isRegularFile() && attributes.size() > 0 && attributes.size() <= LARGEST
							&& suffixes.stream().anyMatch(file.toString()::endsWith)) {
						found.add(file);
					}
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFileFailed(Path file, IOException failure) {
					return FileVisitResult.CONTINUE;
				}

			});
		}
		found.sort(null);
		int step = Math.max(1, found.size() / most);
		List<Path> chosen = new ArrayList<>();
		for (int i = 0; i < found.size(); i += step) {
			chosen.add(found.get(i));
		}
		return chosen;
	}

	/**
	 * Returns why a file is malformed, in words that are the same for all such files.
	 * @param ex the exception
	 * @return the reason without place and names
	 */
	public static String reason(MalformedContentException ex) {
		return String.valueOf(ex.getMessage()).replaceFirst("line [0-9]+, column [0-9]+: ", "").replaceAll("'.*'", "…");
	}

	/**
	 * Returns the new lines; what had several, as a text that goes on in the next, has
	 * one.
	 * @param before the content before
	 * @param after the content after
	 * @return the lines that differ
	 */
	public static List<String> differing(byte[] before, byte[] after) {
		List<String> old = lines(before);
		List<String> now = lines(after);
		int start = 0;
		while (start < old.size() && start < now.size() && old.get(start).equals(now.get(start))) {
			start++;
		}
		int end = 0;
		while (end < old.size() - start && end < now.size() - start
				&& old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
			end++;
		}
		return now.subList(start, now.size() - end);
	}

	private static List<String> lines(byte[] content) {
		return List.of(new String(content, StandardCharsets.ISO_8859_1).split("(?<=\n)"));
	}

}

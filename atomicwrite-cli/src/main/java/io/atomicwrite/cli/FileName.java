package io.atomicwrite.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;

/**
 * The name of a file as it was typed, which a {@link Path} no longer shows.
 */
final class FileName {

	/** What Java puts for the bytes of an argument that the locale does not know. */
	private static final char LOST = '\uFFFD';

	/**
	 * Set by the launcher where the working directory was deleted, which Java does not
	 * start in: the number of a descriptor that has it open, or nothing.
	 */
	static final String DIRECTORY_GONE = "atomicwrite.directory.gone";

	private static final Path ARGUMENTS = Path.of("/proc/self/cmdline");

	private FileName() {
	}

	static Path parse(String raw) {
		if (raw.isEmpty()) {
			throw Failure.of("", "the name of the file is empty", null);
		}
		if (raw.equals("-")) {
			throw Failure.of(raw, "is standard input or output, and no file", "name a file; ./- is one of that name");
		}
		if (raw.endsWith("/")) {
			throw Failure.of(raw, "Is a directory: a trailing slash means one", "name a file in it");
		}
		return directory(raw);
	}

	/** Refuses an argument that was not UTF-8: what it became is not what was typed. */
	static void requireRepresentable(String argument) {
		if (argument.indexOf(LOST) >= 0 && !isTyped(argument)) {
			throw Failure.of("", "an argument is not UTF-8", "set LC_ALL to a locale with UTF-8, such as C.UTF-8");
		}
	}

	/** The name of a directory may end in a slash. */
	static Path directory(String raw) {
		if (raw.indexOf(LOST) >= 0 && !isTyped(raw)) {
			throw Failure.of(raw, "the name is not UTF-8, and can't be represented in this locale",
					"rename it, or set LC_ALL to one with UTF-8, such as C.UTF-8");
		}
		try {
			return inADirectory(raw, Path.of(raw));
		}
		catch (InvalidPathException ex) {
			throw Failure.of(raw, "is no name of a file: " + ex.getReason(),
					"set LC_ALL to a locale with UTF-8, such as C.UTF-8");
		}
	}

	private static Path inADirectory(String raw, Path path) {
		if (!path.isAbsolute() && System.getProperty(DIRECTORY_GONE) != null) {
			throw Failure.of(raw, "No such file or directory: the working directory was deleted",
					"change to one that exists, or name an absolute path");
		}
		return path;
	}

	/** Whether the replacement character itself was typed. */
	private static boolean isTyped(String raw) {
		try (InputStream in = FileOps.system().openRead(ARGUMENTS)) {
			String arguments = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
			return arguments.contains(new String(raw.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
		}
		catch (IOException ex) {
			return false;
		}
	}

}

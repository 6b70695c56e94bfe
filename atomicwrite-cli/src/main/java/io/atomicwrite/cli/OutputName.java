package io.atomicwrite.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The name of the output as it was typed, which a {@link Path} no longer shows.
 */
final class OutputName {

	/** What Java puts for the bytes of an argument that the locale does not know. */
	private static final String LOST = "?\uFFFD";

	private OutputName() {
	}

	static Path parse(String raw) {
		if (raw.isEmpty()) {
			throw Failure.of("the name of the output is empty");
		}
		if (raw.endsWith("/")) {
			throw Failure.of("a trailing slash means a directory; name a file in it");
		}
		if (isLost(raw)) {
			throw Failure.of("the name can't be told in this locale; set LC_ALL to one with UTF-8, such as C.UTF-8");
		}
		try {
			return Path.of(raw);
		}
		catch (InvalidPathException ex) {
			throw Failure.of("is no name of a file: " + ex.getReason());
		}
	}

	private static boolean isLost(String raw) {
		return !namesAreUnicode() && raw.chars().anyMatch((c) -> LOST.indexOf(c) >= 0);
	}

	private static boolean namesAreUnicode() {
		String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
		return Charset.isSupported(encoding) && Charset.forName(encoding).equals(StandardCharsets.UTF_8);
	}

}

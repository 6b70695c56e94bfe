package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Asks {@code stat(1)} how many inodes are free: {@code statvfs(3)} knows, the JDK does
 * not pass it on.
 */
final class FreeInodes {

	private static final long PATIENCE_SECONDS = 5;

	private FreeInodes() {
	}

	static OptionalLong of(Path path) {
		try {
			Process process = new ProcessBuilder("stat", "-f", "-c", "%c %d", path.toString())
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			try {
				process.getOutputStream().close();
				if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
					return OptionalLong.empty();
				}
				return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
			}
			finally {
				process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			return OptionalLong.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return OptionalLong.empty();
		}
	}

	/**
	 * Parses the total and the free number; a total of zero means that there is no limit.
	 */
	static OptionalLong parse(String text) {
		String[] numbers = text.split(" ");
		try {
			return (numbers.length == 2 && Long.parseLong(numbers[0]) > 0) ? OptionalLong.of(Long.parseLong(numbers[1]))
					: OptionalLong.empty();
		}
		catch (NumberFormatException ex) {
			return OptionalLong.empty();
		}
	}

}

package io.atomicwrite.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The content of the files of the crash drill: lines that all name the same generation,
 * so that a reader sees from the content alone whether it is whole.
 *
 * @param generation the generation of the first line, 0 if there is none
 * @param lines how many lines of that generation follow each other from the first one on
 * @param whole whether the file has these lines, all of them, and nothing else
 * @param size the size of the file in bytes
 */
record DrillText(long generation, int lines, boolean whole, long size) {

	/** About 2 MB: enough for a kill to fall into the middle. */
	static final int LINES = 40_000;

	private static final String BEFORE = "generation ";

	private static final int DIGITS = 8;

	static byte[] of(long generation) {
		StringBuilder text = new StringBuilder();
		IntStream.rangeClosed(1, LINES).forEach((line) -> text.append(line(generation, line)).append('\n'));
		return text.toString().getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Makes a content that of another generation, in less time than a write takes: a kill
	 * shall meet the write.
	 */
	static void renew(byte[] content, long generation) {
		byte[] digits = digits(generation, DIGITS).getBytes(StandardCharsets.US_ASCII);
		int length = content.length / LINES;
		for (int line = 0; line < content.length; line += length) {
			System.arraycopy(digits, 0, content, line + BEFORE.length(), DIGITS);
		}
	}

	static DrillText read(Path file) throws IOException {
		if (!Files.exists(file)) {
			return new DrillText(0, 0, false, 0);
		}
		try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
			String line = reader.readLine();
			long generation = generation(line);
			int lines = 0;
			while (line != null && generation > 0 && line.equals(line(generation, lines + 1))) {
				lines++;
				line = reader.readLine();
			}
			return new DrillText(generation, lines, line == null && lines == LINES, Files.size(file));
		}
	}

	private static long generation(@Nullable String first) {
		return (first != null && first.length() > BEFORE.length() + DIGITS)
				? Long.parseLong(first.substring(BEFORE.length(), BEFORE.length() + DIGITS)) : 0;
	}

	private static String line(long generation, int line) {
		return BEFORE + digits(generation, DIGITS) + ", line " + digits(line, 5) + " of " + LINES + ": all or nothing";
	}

	private static String digits(long number, int width) {
		String digits = Long.toString(number);
		return "0".repeat(Math.max(0, width - digits.length())) + digits;
	}

}

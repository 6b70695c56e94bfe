package io.atomicwrite.checksum;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The content of a sidecar: a line in the format of {@code sha256sum}, and a comment with
 * the checksum of the previous content. Immutable.
 *
 * @param name the last name of the file
 * @param current the checksum of the content
 * @param previous the checksum of the previous content, or {@code null}
 */
record Sidecar(String name, Checksum current, @Nullable Checksum previous) {

	/**
	 * The maximum number of bytes to read; no sidecar that this class formats is longer.
	 */
	public static final int LIMIT = 64 * 1024;

	private static final Pattern LINE_END = Pattern.compile("\r?\n");

	private static final Pattern LINE = Pattern.compile("(\\\\?)([0-9a-fA-F]+) [ *](.+)", Pattern.DOTALL);

	private static final Pattern PREVIOUS = Pattern.compile("# previous ([0-9a-fA-F]+)");

	/**
	 * Formats the text.
	 * @return the text; each line ends with a line feed
	 */
	public String format() {
		String line = this.current.line(this.name);
		return (this.previous != null) ? line + "# previous " + this.previous.hex() + "\n" : line;
	}

	/**
	 * Parses a text.
	 * @param text the text
	 * @param algorithm the algorithm, which follows from the sidecar's name
	 * @param name the last name of the file
	 * @return the entry for that file, or {@code null} if there is none
	 */
	public static @Nullable Sidecar parse(String text, ChecksumAlgorithm algorithm, String name) {
		Checksum current = null;
		Checksum previous = null;
		for (String line : LINE_END.split(text)) {
			Matcher before = PREVIOUS.matcher(line);
			Matcher entry = LINE.matcher(line);
			if (before.matches() && before.group(1).length() == algorithm.digits()) {
				previous = new Checksum(algorithm, before.group(1));
			}
			else if (entry.matches() && entry.group(2).length() == algorithm.digits() && names(entry, name)) {
				current = new Checksum(algorithm, entry.group(2));
			}
		}
		return (current != null) ? new Sidecar(name, current, previous) : null;
	}

	/**
	 * Returns whether a sidecar may be replaced without losing what someone else added:
	 * besides blank lines and our comment it has at most one line.
	 * @param text the text
	 * @return whether nothing would be lost
	 */
	public static boolean isOfOneFile(String text) {
		return LINE_END.splitAsStream(text)
			.filter((line) -> !line.isBlank() && !PREVIOUS.matcher(line).matches())
			.count() <= 1;
	}

	private static boolean names(Matcher entry, String name) {
		String found = entry.group(1).isEmpty() ? entry.group(3) : unescape(entry.group(3));
		return found.equals(name) || found.endsWith("/" + name);
	}

	private static String unescape(String name) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (c == '\\' && i + 1 < name.length()) {
				i++;
				text.append(switch (name.charAt(i)) {
					case 'n' -> '\n';
					case 'r' -> '\r';
					default -> name.charAt(i);
				});
			}
			else {
				text.append(c);
			}
		}
		return text.toString();
	}

	/**
	 * Returns the checksum in the attributes of a file.
	 * @param attributes the attributes by name, without the prefix {@code user.}
	 * @return the checksum, or {@code null} if there is none of ours
	 */
	public static @Nullable Checksum parseAttributes(Map<String, byte[]> attributes) {
		for (Map.Entry<String, byte[]> entry : attributes.entrySet()) {
			ChecksumAlgorithm algorithm = ChecksumAlgorithm.ofAttribute(entry.getKey()).orElse(null);
			if (algorithm != null) {
				try {
					return new Checksum(algorithm, new String(entry.getValue(), StandardCharsets.US_ASCII));
				}
				catch (IllegalArgumentException ex) {
					// holds no checksum
				}
			}
		}
		return null;
	}

}

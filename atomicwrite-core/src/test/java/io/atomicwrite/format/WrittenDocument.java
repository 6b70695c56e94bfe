package io.atomicwrite.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A text that a test writes in a random style, with the lines of each value.
 */
final class WrittenDocument {

	private final List<String> lines = new ArrayList<>();

	private final Map<List<Object>, int[]> ranges = new HashMap<>();

	/** Values on one line with what contains them, and the outermost of it. */
	private final Map<List<Object>, List<Object>> inline = new HashMap<>();

	private final Random random;

	private final String separator;

	private boolean lastLineEnd;

	private final boolean mark;

	private int comments;

	WrittenDocument(Random random) {
		this.random = random;
		this.separator = (random.nextInt(3) == 0) ? "\r\n" : "\n";
		this.lastLineEnd = random.nextInt(4) > 0;
		this.mark = random.nextInt(8) == 0;
	}

	Random random() {
		return this.random;
	}

	/** Perhaps a comment. */
	String comment(String sign) {
		return (this.random.nextInt(4) == 0) ? sign + " comment " + this.comments++ + " \"a\": [b" : "";
	}

	/** Adds a line, perhaps after comments and empty lines; returns its number. */
	int line(String line, String sign, String indent) {
		if (!sign.isEmpty() && this.random.nextInt(6) == 0) {
			this.lines.add(indent + comment(sign) + sign + " own line " + this.comments++);
		}
		if (this.random.nextInt(12) == 0) {
			this.lines.add("");
		}
		return plain(line);
	}

	/** What is written needs a line end after its last line. */
	void needLastLineEnd() {
		this.lastLineEnd = true;
	}

	int plain(String line) {
		this.lines.add(line);
		return this.lines.size() - 1;
	}

	void append(String more) {
		this.lines.set(this.lines.size() - 1, this.lines.get(this.lines.size() - 1) + more);
	}

	String last() {
		return this.lines.get(this.lines.size() - 1);
	}

	int count() {
		return this.lines.size();
	}

	void range(List<Object> path, int from, int to) {
		this.ranges.put(path, new int[] { from, to });
	}

	void inline(List<Object> path, List<Object> outermost) {
		this.inline.put(path, outermost);
	}

	byte[] content() {
		String text = String.join(this.separator, this.lines) + (this.lastLineEnd ? this.separator : "");
		return ((this.mark ? "\ufeff" : "") + text).getBytes(StandardCharsets.UTF_8);
	}

	/** The lines of a value, or of what stands on one line with it. */
	Set<Integer> lines(List<Object> path) {
		List<Object> outermost = this.inline.getOrDefault(path, path);
		int[] range = this.ranges.get(outermost);
		Set<Integer> set = new HashSet<>();
		for (int i = (range != null) ? range[0] : 0; range != null && i <= range[1]; i++) {
			set.add(i);
		}
		return set;
	}

	boolean isInline(List<Object> path) {
		return this.inline.containsKey(path);
	}

	/**
	 * Returns the first line that is not touched and is not in a result, or an empty
	 * text.
	 */
	String missing(Set<Integer> touched, byte[] result) {
		List<String> found = split(result);
		List<String> mine = split(content());
		int at = 0;
		for (int i = 0; i < mine.size(); i++) {
			String line = mine.get(i);
			boolean emptyAtEnd = line.isBlank() && !this.lastLineEnd && touched.contains(mine.size() - 1);
			if (touched.contains(i) || emptyAtEnd) {
				continue;
			}
			boolean last = i == mine.size() - 1 && !this.lastLineEnd;
			while (at < found.size() && !found.get(at).equals(line)
					&& !(last && found.get(at).equals(line + this.separator)) && !(at == found.size() - 1
							&& !this.lastLineEnd && (found.get(at) + this.separator).equals(line))) {
				at++;
			}
			if (at == found.size()) {
				return "line " + (i + 1) + ": " + line;
			}
			at++;
		}
		return "";
	}

	private static List<String> split(byte[] content) {
		String text = new String(content, StandardCharsets.UTF_8).replace("\ufeff", "");
		List<String> lines = new ArrayList<>();
		int start = 0;
		while (start < text.length()) {
			int end = text.indexOf('\n', start) + 1;
			end = (end == 0) ? text.length() : end;
			lines.add(text.substring(start, end));
			start = end;
		}
		return lines;
	}

}

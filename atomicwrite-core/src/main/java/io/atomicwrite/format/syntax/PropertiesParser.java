package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Surface.Trivia;

/**
 * Parses properties as {@link java.util.Properties#load(java.io.Reader)} specifies, and
 * notes where each key and value stands. Used once.
 */
final class PropertiesParser {

	private final String text;

	private final List<Trivia> comments = new ArrayList<>();

	private int at;

	PropertiesParser(String text) {
		this.text = text;
	}

	List<Trivia> comments() {
		return this.comments;
	}

	List<Line> parse() throws MalformedContentException {
		List<Line> lines = new ArrayList<>();
		while (this.at < this.text.length()) {
			int start = this.at;
			int first = skipBlanks(this.at);
			if (isEnd(first)) {
				this.at = afterEnd(first);
			}
			else if (this.text.charAt(first) == '#' || this.text.charAt(first) == '!') {
				int end = naturalEnd(first);
				this.comments.add(new Trivia(first, "a comment", this.text.substring(first, end)));
				this.at = afterEnd(end);
			}
			else {
				lines.add(line(start, first));
			}
		}
		return lines;
	}

	private Line line(int start, int keyStart) throws MalformedContentException {
		int end = logicalEnd(keyStart);
		int keyEnd = keyStart;
		while (keyEnd < end && "=: \t\f".indexOf(this.text.charAt(keyEnd)) < 0) {
			keyEnd = after(keyEnd);
		}
		keyEnd = Math.min(keyEnd, end);
		int value = skipContinued(keyEnd, end);
		if (value < end && (this.text.charAt(value) == '=' || this.text.charAt(value) == ':')) {
			value = skipContinued(value + 1, end);
		}
		this.at = afterEnd(end);
		return new Line(start, keyStart, keyEnd, value, end, this.at, unescape(keyStart, keyEnd), unescape(value, end));
	}

	/** The offset after a character, with what it escapes. */
	private int after(int offset) {
		if (this.text.charAt(offset) != '\\' || offset + 1 >= this.text.length()) {
			return offset + 1;
		}
		return isEnd(offset + 1) ? skipBlanks(afterEnd(offset + 1)) : offset + 2;
	}

	private int logicalEnd(int from) {
		int end = from;
		while (!isEnd(end)) {
			end = after(end);
		}
		return Math.min(end, this.text.length());
	}

	private int naturalEnd(int from) {
		int end = from;
		while (!isEnd(end)) {
			end++;
		}
		return end;
	}

	private int skipContinued(int from, int end) {
		int next = from;
		while (next < end) {
			if (" \t\f".indexOf(this.text.charAt(next)) >= 0) {
				next++;
			}
			else if (this.text.charAt(next) == '\\' && next + 1 < end && isEnd(next + 1)) {
				next = after(next);
			}
			else {
				return next;
			}
		}
		return end;
	}

	private int skipBlanks(int from) {
		int next = from;
		while (next < this.text.length() && " \t\f".indexOf(this.text.charAt(next)) >= 0) {
			next++;
		}
		return next;
	}

	private boolean isEnd(int offset) {
		return offset >= this.text.length() || this.text.charAt(offset) == '\n' || this.text.charAt(offset) == '\r';
	}

	private int afterEnd(int offset) {
		if (offset >= this.text.length()) {
			return this.text.length();
		}
		return this.text.startsWith("\r\n", offset) ? offset + 2 : offset + 1;
	}

	private String unescape(int from, int to) throws MalformedContentException {
		StringBuilder out = new StringBuilder();
		int next = from;
		while (next < to) {
			char sign = this.text.charAt(next);
			if (sign != '\\') {
				out.append(sign);
				next++;
			}
			else if (next + 1 >= this.text.length() || isEnd(next + 1)) {
				next = after(next);
			}
			else if (this.text.charAt(next + 1) == 'u') {
				out.append(unicode(next, to));
				next += 6;
			}
			else {
				int place = "tnrf".indexOf(this.text.charAt(next + 1));
				out.append((place < 0) ? this.text.charAt(next + 1) : "\t\n\r\f".charAt(place));
				next += 2;
			}
		}
		return out.toString();
	}

	private char unicode(int from, int to) throws MalformedContentException {
		if (from + 6 > to || !this.text.substring(from + 2, from + 6).matches("[0-9a-fA-F]{4}")) {
			throw Grammar.malformed(this.text, from, "an escape needs four hexadecimal digits");
		}
		return (char) Integer.parseInt(this.text.substring(from + 2, from + 6), 16);
	}

	/**
	 * A key and its value.
	 *
	 * @param start where the line begins
	 * @param keyStart where the key begins
	 * @param keyEnd where it ends
	 * @param valueStart where the value begins
	 * @param valueEnd where it ends
	 * @param end where the next line begins
	 * @param key the key
	 * @param value the value
	 */
	record Line(int start, int keyStart, int keyEnd, int valueStart, int valueEnd, int end, String key, String value) {
	}

}

package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Node.Child;
import io.atomicwrite.format.syntax.Surface.Trivia;

/**
 * Reads keys and values of TOML from a text, and notes where they stand.
 */
final class TomlLexer {

	private final String text;

	private final FormatLimits limits;

	private final List<Trivia> comments = new ArrayList<>();

	private int at;

	private int depth;

	TomlLexer(String text, FormatLimits limits) {
		this.text = text;
		this.limits = limits;
	}

	List<Trivia> comments() {
		return this.comments;
	}

	int at() {
		return this.at;
	}

	boolean isDone() {
		return this.at >= this.text.length();
	}

	/** Skips blanks, line ends and comments. */
	void skip() {
		while (!isDone()) {
			if (" \t\r\n".indexOf(this.text.charAt(this.at)) >= 0) {
				this.at++;
			}
			else if (!comment()) {
				return;
			}
		}
	}

	private boolean comment() {
		if (isDone() || this.text.charAt(this.at) != '#') {
			return false;
		}
		int end = Lines.end(this.text, this.at);
		this.comments.add(new Trivia(this.at, "a comment", this.text.substring(this.at, end)));
		this.at = end;
		return true;
	}

	/** Goes to the next line; nothing but a comment may be before. */
	void endLine() throws MalformedContentException {
		blanks();
		comment();
		if (!isDone() && this.at != Lines.end(this.text, this.at)) {
			throw malformed("the line should end here");
		}
		this.at = Lines.next(this.text, this.at);
	}

	boolean take(String expected) {
		if (!this.text.startsWith(expected, this.at)) {
			return false;
		}
		this.at += expected.length();
		return true;
	}

	void require(String expected) throws MalformedContentException {
		if (!take(expected)) {
			throw malformed("'" + expected + "' was expected");
		}
	}

	void blanks() {
		this.at = Lines.skipBlanks(this.text, this.at);
	}

	/** The parts of a dotted key. */
	List<String> key() throws MalformedContentException {
		List<String> parts = new ArrayList<>();
		do {
			blanks();
			parts.add(part());
			if (parts.size() > this.limits.depth()) {
				throw tooDeep();
			}
			blanks();
		}
		while (take("."));
		return parts;
	}

	private String part() throws MalformedContentException {
		if (take("\"")) {
			return basic(false);
		}
		if (take("'")) {
			return literal("'");
		}
		int start = this.at;
		while (!isDone() && TomlScalars.key(this.text.substring(this.at, this.at + 1)).length() == 1) {
			this.at++;
		}
		if (start == this.at) {
			throw malformed("a key was expected");
		}
		return this.text.substring(start, this.at);
	}

	Node value() throws MalformedContentException {
		int start = this.at;
		if (take("\"\"\"")) {
			return Node.scalar(basic(true), TomlScalars.LINES, start, this.at);
		}
		if (take("'''")) {
			return Node.scalar(literal("'''"), TomlScalars.LITERAL_LINES, start, this.at);
		}
		if (take("\"")) {
			return Node.scalar(basic(false), '"', start, this.at);
		}
		if (take("'")) {
			return Node.scalar(literal("'"), '\'', start, this.at);
		}
		if (this.text.startsWith("[", start) || this.text.startsWith("{", start)) {
			if (++this.depth > this.limits.depth()) {
				throw tooDeep();
			}
			Node node = this.text.charAt(start) == '[' ? array() : inlineTable();
			node.endAt(this.at);
			this.depth--;
			return node;
		}
		return bare();
	}

	private Node bare() throws MalformedContentException {
		int start = this.at;
		int end = start;
		while (end < this.text.length() && ",]}#\r\n\t".indexOf(this.text.charAt(end)) < 0
				&& (this.text.charAt(end) != ' ' || isDateBlank(start, end))) {
			end++;
		}
		String spelled = this.text.substring(start, end);
		if (spelled.length() > this.limits.numberLength()) {
			throw malformed("the number is longer than the limit of " + this.limits.numberLength() + " characters");
		}
		Object value = TomlScalars.resolve(spelled);
		if (value == null) {
			throw malformed(isDone() ? "the file ends too early" : "a value was expected");
		}
		this.at = end;
		return Node.scalar(value, TomlScalars.isDate(spelled) ? TomlScalars.DATE : ' ', start, end);
	}

	/** Whether a blank is that between a date and a time. */
	private boolean isDateBlank(int start, int end) {
		return end - start == 10 && this.text.charAt(start + 4) == '-' && end + 1 < this.text.length()
				&& Character.isDigit(this.text.charAt(end + 1));
	}

	private Node array() throws MalformedContentException {
		Node node = Node.list('[', this.at++);
		skip();
		while (!take("]")) {
			int start = this.at;
			node.add(new Child("", start, start, value(), false));
			skip();
			if (!take(",")) {
				require("]");
				break;
			}
			skip();
		}
		return node;
	}

	private Node inlineTable() throws MalformedContentException {
		TomlTree table = new TomlTree('{', this.at++);
		blanks();
		while (!take("}")) {
			int start = this.at;
			List<String> key = key();
			require("=");
			int from = this.at;
			blanks();
			if (!table.put(key, new Child(key.get(key.size() - 1), start, from, value(), false))) {
				throw Grammar.malformed(this.text, start, "the key is there twice");
			}
			blanks();
			if (!take(",")) {
				require("}");
				break;
			}
			blanks();
		}
		return table.root();
	}

	private String literal(String quote) throws MalformedContentException {
		boolean lines = quote.length() > 1;
		int start = lines ? afterFirstLineEnd() : this.at;
		int end = this.text.indexOf(quote, start);
		if (end < 0 || (!lines && Lines.end(this.text, start) < end)) {
			throw malformed("the text does not end");
		}
		while (lines && this.text.startsWith(quote, end + 1)) {
			end++;
		}
		this.at = end + quote.length();
		return this.text.substring(start, end).replace("\r\n", "\n");
	}

	private int afterFirstLineEnd() {
		return this.text.startsWith("\r\n", this.at) ? this.at + 2
				: this.text.startsWith("\n", this.at) ? this.at + 1 : this.at;
	}

	private String basic(boolean lines) throws MalformedContentException {
		int begin = this.at;
		this.at = lines ? afterFirstLineEnd() : this.at;
		StringBuilder out = new StringBuilder();
		while (!isDone()) {
			char next = this.text.charAt(this.at);
			if (next == '"' && (!lines || this.text.startsWith("\"\"\"", this.at))) {
				this.at += lines ? 3 : 1;
				while (lines && !isDone() && this.text.charAt(this.at) == '"') {
					out.append('"');
					this.at++;
				}
				return out.toString();
			}
			if (!lines && (next == '\n' || next == '\r')) {
				break;
			}
			this.at++;
			if (next == '\\') {
				escape(out, lines);
			}
			else if (next != '\r' || !this.text.startsWith("\n", this.at)) {
				out.append(next);
			}
		}
		throw Grammar.malformed(this.text, begin, "the text does not end");
	}

	private void escape(StringBuilder out, boolean lines) throws MalformedContentException {
		char kind = isDone() ? ' ' : this.text.charAt(this.at);
		int place = "btnfr\"\\".indexOf(kind);
		if (place >= 0) {
			out.append("\b\t\n\f\r\"\\".charAt(place));
			this.at++;
		}
		else if (kind == 'u' || kind == 'U') {
			int length = (kind == 'u') ? 4 : 8;
			int end = this.at + 1 + length;
			String digits = this.text.substring(this.at + 1, Math.min(end, this.text.length()));
			if (!digits.matches("[0-9a-fA-F]{" + length + "}")
					|| !Character.isValidCodePoint(Integer.parseUnsignedInt(digits, 16))) {
				throw malformed("there is no such escape in a text");
			}
			out.appendCodePoint(Integer.parseUnsignedInt(digits, 16));
			this.at = end;
		}
		else if (lines && Lines.skipBlanks(this.text, this.at) >= Lines.end(this.text, this.at)) {
			while (!isDone() && Character.isWhitespace(this.text.charAt(this.at))) {
				this.at++;
			}
		}
		else {
			throw malformed("there is no such escape in a text");
		}
	}

	private MalformedContentException tooDeep() {
		return malformed("this is nested deeper than the limit of " + this.limits.depth());
	}

	MalformedContentException malformed(String reason) {
		return Grammar.malformed(this.text, this.at, reason);
	}

}

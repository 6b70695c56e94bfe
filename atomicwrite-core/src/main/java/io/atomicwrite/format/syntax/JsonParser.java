package io.atomicwrite.format.syntax;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Node.Child;
import io.atomicwrite.format.syntax.Surface.Trivia;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON and notes where each value stands. Used once.
 */
final class JsonParser {

	private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");

	/** An exponent of more digits makes numbers that nothing can work with. */
	private static final int MAX_EXPONENT = 4;

	private final String text;

	private final FormatLimits limits;

	private final boolean withComments;

	private final List<Trivia> comments = new ArrayList<>();

	private int at;

	private int depth;

	JsonParser(String text, FormatLimits limits, boolean withComments) {
		this.text = text;
		this.limits = limits;
		this.withComments = withComments;
	}

	List<Trivia> comments() {
		return this.comments;
	}

	Node parse() throws MalformedContentException {
		skip();
		Node root = value();
		skip();
		if (this.at < this.text.length()) {
			throw malformed("there is something after the value");
		}
		return root;
	}

	private Node value() throws MalformedContentException {
		char first = peek();
		int start = this.at;
		if (first == '{' || first == '[') {
			if (++this.depth > this.limits.depth()) {
				throw malformed("this is nested deeper than the limit of " + this.limits.depth());
			}
			this.at++;
			Node node = (first == '{') ? Node.map(first, start) : Node.list(first, start);
			elements(node, (first == '{') ? '}' : ']');
			node.endAt(this.at);
			this.depth--;
			return node;
		}
		if (first == '"') {
			return Node.scalar(string(), first, start, this.at);
		}
		return Node.scalar((first == '-' || Character.isDigit(first)) ? number() : word(), ' ', start, this.at);
	}

	private void elements(Node node, char close) throws MalformedContentException {
		Set<String> keys = new HashSet<>();
		skip();
		while (peek() != close) {
			int start = this.at;
			String key = "";
			if (close == '}') {
				key = key(keys);
			}
			int from = this.at;
			skip();
			node.add(new Child(key, start, from, value(), false));
			skip();
			if (peek() == close) {
				break;
			}
			require(',');
			skip();
			if (peek() == close && !this.withComments) {
				throw malformed("after a comma another value was expected");
			}
		}
		this.at++;
	}

	private String key(Set<String> keys) throws MalformedContentException {
		int start = this.at;
		if (peek() != '"') {
			throw malformed("a key in double quotes was expected");
		}
		String key = string();
		if (!keys.add(key)) {
			throw Grammar.malformed(this.text, start, "the key '" + key + "' is there twice");
		}
		skip();
		require(':');
		return key;
	}

	private String string() throws MalformedContentException {
		StringBuilder result = new StringBuilder();
		this.at++;
		while (true) {
			char next = peek();
			if (next < ' ') {
				throw malformed((next == '\n' || next == '\r') ? "the text has no closing quote on its line"
						: "a control character must be escaped in a text");
			}
			this.at++;
			if (next == '"') {
				return result.toString();
			}
			result.append((next == '\\') ? escaped() : next);
		}
	}

	private char escaped() throws MalformedContentException {
		char kind = peek();
		int place = "\"\\/bfnrt".indexOf(kind);
		if (place >= 0) {
			this.at++;
			return "\"\\/\b\f\n\r\t".charAt(place);
		}
		int end = this.at + 5;
		if (kind != 'u' || end > this.text.length()
				|| !this.text.substring(this.at + 1, end).matches("[0-9a-fA-F]{4}")) {
			throw malformed("there is no such escape in a text");
		}
		char result = (char) Integer.parseInt(this.text.substring(this.at + 1, end), 16);
		this.at = end;
		return result;
	}

	private Number number() throws MalformedContentException {
		Matcher matcher = NUMBER.matcher(this.text).region(this.at, this.text.length());
		if (!matcher.lookingAt()) {
			throw malformed("this is no number");
		}
		String spelled = matcher.group();
		if (spelled.length() > this.limits.numberLength()
				|| (matcher.group(2) != null && matcher.group(2).length() > MAX_EXPONENT + 2)) {
			throw malformed("the number is longer than the limit of " + this.limits.numberLength()
					+ " characters, or its exponent than " + MAX_EXPONENT + " digits");
		}
		this.at = matcher.end();
		return (matcher.group(1) == null && matcher.group(2) == null) ? new BigInteger(spelled)
				: new BigDecimal(spelled);
	}

	private @Nullable Object word() throws MalformedContentException {
		for (String word : List.of("true", "false", "null")) {
			if (this.text.startsWith(word, this.at)) {
				this.at += word.length();
				return word.equals("null") ? null : (Object) word.equals("true");
			}
		}
		throw malformed("a value was expected");
	}

	private void require(char expected) throws MalformedContentException {
		if (peek() != expected) {
			throw malformed("'" + expected + "' was expected");
		}
		this.at++;
	}

	private char peek() throws MalformedContentException {
		if (this.at >= this.text.length()) {
			throw malformed("the file ends too early");
		}
		return this.text.charAt(this.at);
	}

	private void skip() throws MalformedContentException {
		while (this.at < this.text.length()) {
			char next = this.text.charAt(this.at);
			if (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
				this.at++;
			}
			else if (next == '/') {
				comment();
			}
			else {
				return;
			}
		}
	}

	private void comment() throws MalformedContentException {
		if (!this.withComments) {
			throw malformed("comments are not allowed in this file");
		}
		int end;
		if (this.text.startsWith("//", this.at)) {
			end = Lines.end(this.text, this.at);
		}
		else if (this.text.startsWith("/*", this.at)) {
			end = this.text.indexOf("*/", this.at + 2) + 2;
		}
		else {
			throw malformed("a value was expected");
		}
		if (end < this.at + 2) {
			throw malformed("the comment does not end");
		}
		this.comments.add(new Trivia(this.at, "a comment", this.text.substring(this.at, end)));
		this.at = end;
	}

	private MalformedContentException malformed(String reason) {
		return Grammar.malformed(this.text, this.at, reason);
	}

}

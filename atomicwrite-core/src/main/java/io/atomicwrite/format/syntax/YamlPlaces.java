package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import io.atomicwrite.format.syntax.Surface.Trivia;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Where things stand in a YAML text. The library counts code points and says where its
 * tokens end; here are characters, and where a person would say that a value ends.
 */
final class YamlPlaces {

	/** The style of a block collection. */
	static final char BLOCK = 'b';

	/** The style of a scalar that is not written at all. */
	static final char NOTHING = '0';

	/** The style of a scalar of which only an anchor or a tag is written. */
	static final char UNSET = '&';

	private final String text;

	/** The offset of each code point, or empty if each is one character. */
	private final int[] offsets;

	private final TreeMap<Integer, Integer> leaves = new TreeMap<>();

	YamlPlaces(String text) {
		this.text = text;
		this.offsets = text.chars().anyMatch((next) -> Character.isSurrogate((char) next)) ? offsets(text) : new int[0];
	}

	private static int[] offsets(String text) {
		int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
		int offset = 0;
		for (int i = 0; i < offsets.length; i++) {
			offsets[i] = offset;
			offset += (offset < text.length()) ? Character.charCount(text.codePointAt(offset)) : 0;
		}
		return offsets;
	}

	int offset(Optional<Mark> mark) {
		int index = mark.map(Mark::getIndex).orElse(0);
		return (this.offsets.length == 0) ? Math.min(index, this.text.length())
				: this.offsets[Math.min(index, this.offsets.length - 1)];
	}

	/** Notes what is no place for comments. */
	void leaf(int start, int end) {
		this.leaves.put(start, end);
	}

	/** Where the value of an event begins, after its anchor and tag. */
	int start(Event event) {
		int at = offset(event.getStartMark());
		if (!(event instanceof NodeEvent)) {
			return at;
		}
		int end = offset(event.getEndMark());
		while (at < end && (this.text.charAt(at) == '&' || this.text.charAt(at) == '!')) {
			while (at < end && !Character.isWhitespace(this.text.charAt(at))) {
				at++;
			}
			at = Math.min(skip(at), end);
		}
		return at;
	}

	/** Where a scalar ends: a block without the line end after it. */
	int end(ScalarEvent event) {
		int end = offset(event.getEndMark());
		if (event.getScalarStyle() != ScalarStyle.LITERAL && event.getScalarStyle() != ScalarStyle.FOLDED) {
			return end;
		}
		int start = start(event);
		String header = this.text.substring(start, Lines.end(this.text, start));
		if (header.matches(".[0-9]?\\+.*")) {
			return (end > start && this.text.charAt(end - 1) == '\n') ? Lines.end(this.text, end - 1) : end;
		}
		int last = end;
		while (last > start && Character.isWhitespace(this.text.charAt(last - 1))) {
			last--;
		}
		return Lines.end(this.text, last);
	}

	/** The dash of the next element. */
	int dash(int from) {
		int at = skip(from);
		return (at < this.text.length() && this.text.charAt(at) == '-') ? at : from;
	}

	/** Where the value of a key may begin. */
	int afterColon(int keyEnd) {
		int at = Lines.skipBlanks(this.text, keyEnd);
		return (at < this.text.length() && this.text.charAt(at) == ':') ? at + 1 : keyEnd;
	}

	/** Skips blanks, line ends and comments. */
	int skip(int from) {
		return skip(this.text, from);
	}

	static int skip(String text, int from) {
		int at = from;
		while (at < text.length()) {
			char next = text.charAt(at);
			if (next == '#' && (at == 0 || Character.isWhitespace(text.charAt(at - 1)))) {
				at = Lines.end(text, at);
			}
			else if (Character.isWhitespace(next)) {
				at++;
			}
			else {
				return at;
			}
		}
		return at;
	}

	List<Trivia> comments() {
		List<Trivia> comments = new ArrayList<>();
		int at = 0;
		while (at < this.text.length()) {
			Integer leafEnd = this.leaves.get(at);
			if (leafEnd != null && leafEnd > at) {
				at = leafEnd;
			}
			else if (this.text.charAt(at) == '#' && (at == 0 || Character.isWhitespace(this.text.charAt(at - 1)))) {
				int end = Lines.end(this.text, at);
				comments.add(new Trivia(at, "a comment", this.text.substring(at, end)));
				at = end;
			}
			else {
				at++;
			}
		}
		return comments;
	}

	/** What the library found, without what it quotes. */
	static String reason(String problem) {
		return problem.replaceAll("(?s)(alias|anchor|tag|directive) .*", "$1")
			.replaceAll("(?s)'[^']{2,}'|\"[^\"]{2,}\"", "…")
			.replaceAll("(?s)\\n.*", "");
	}

}

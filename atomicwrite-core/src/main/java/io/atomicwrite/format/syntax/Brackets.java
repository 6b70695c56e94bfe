package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

import io.atomicwrite.format.syntax.Node.Child;
import org.jspecify.annotations.Nullable;

/**
 * Adds to and removes from what stands in brackets, separated by commas.
 */
final class Brackets {

	private final String text;

	private final String separator;

	/** Skips blanks, line ends and comments. */
	private final IntUnaryOperator skip;

	Brackets(String text, String separator, IntUnaryOperator skip) {
		this.text = text;
		this.separator = separator;
		this.skip = skip;
	}

	/**
	 * Adds elements.
	 * @param node what the brackets hold
	 * @param index the place of the first one
	 * @param rendered the elements
	 * @param indent the indent of an element, or {@code null} if they share a line
	 */
	List<Splice> insert(Node node, int index, List<String> rendered, @Nullable String indent) {
		boolean lines = indent != null && (node.children().isEmpty() || hasOwnLine(node, Math.max(0, index - 1)));
		String gap = lines ? this.separator + indent : inlineGap(node);
		if (node.children().isEmpty()) {
			return intoEmpty(node, rendered, lines ? gap : null);
		}
		if (index == 0) {
			String before = String.join("," + gap, rendered) + "," + gap;
			return List.of(Splice.insert(node.children().get(0).start(), before));
		}
		int end = node.children().get(index - 1).end();
		int comma = this.skip.applyAsInt(end);
		boolean hasComma = this.text.charAt(comma) == ',';
		String joined = gap + String.join("," + gap, rendered);
		int from = hasComma ? comma + 1 : end;
		int lineEnd = Lines.end(this.text, from);
		boolean atLineEnd = lines && this.skip.applyAsInt(from) > lineEnd;
		int place = atLineEnd ? lineEnd : from;
		if (hasComma) {
			return List.of(Splice.insert(place, joined + ","));
		}
		return List.of(Splice.insert(end, ","), Splice.insert(place, joined));
	}

	private List<Splice> intoEmpty(Node node, List<String> rendered, @Nullable String gap) {
		int close = node.end() - 1;
		boolean comments = !this.text.substring(node.start() + 1, close).isBlank();
		if (gap == null) {
			return comments ? List.of(Splice.insert(node.start() + 1, String.join(", ", rendered)))
					: List.of(new Splice(node.start() + 1, close, String.join(", ", rendered)));
		}
		String joined = gap + String.join("," + gap, rendered);
		String closing = this.separator + Lines.indent(this.text, node.start());
		if (!comments) {
			return List.of(new Splice(node.start() + 1, close, joined + closing));
		}
		int last = close;
		while (Character.isWhitespace(this.text.charAt(last - 1))) {
			last--;
		}
		return List.of(new Splice(last, close, joined + closing));
	}

	/** What is between two elements on one line. */
	private String inlineGap(Node node) {
		if (node.children().size() > 1) {
			int comma = this.text.indexOf(',', node.children().get(0).end());
			int next = node.children().get(1).start();
			if (comma >= 0 && comma < next && this.text.substring(comma + 1, next).equals("")) {
				return "";
			}
		}
		return " ";
	}

	List<Splice> remove(Node node, int from, int to) {
		List<Child> children = node.children();
		int end = children.get(to - 1).end();
		int comma = this.skip.applyAsInt(end);
		boolean hasComma = this.text.charAt(comma) == ',';
		int rest = hasComma ? comma + 1 : end;
		boolean alone = hasOwnLine(node, from) && this.skip.applyAsInt(rest) > Lines.end(this.text, rest);
		if (alone) {
			List<Splice> splices = new ArrayList<>();
			if (!hasComma && from > 0) {
				int previous = this.text.indexOf(',', commaFrom(children.get(from - 1)));
				splices.add(Splice.delete(previous, previous + 1));
			}
			splices.add(Splice.delete(Lines.start(this.text, children.get(from).start()), Lines.next(this.text, rest)));
			return splices;
		}
		if (to < children.size()) {
			return List.of(Splice.delete(children.get(from).start(), children.get(to).start()));
		}
		if (from > 0) {
			return List.of(Splice.delete(children.get(from - 1).end(), end));
		}
		return List.of(Splice.delete(node.start() + 1, node.end() - 1));
	}

	private int commaFrom(Child child) {
		return this.skip.applyAsInt(child.end());
	}

	/** Whether an element is the first on its line, after a line end. */
	private boolean hasOwnLine(Node node, int index) {
		int start = node.children().get(index).start();
		return Lines.isFirst(this.text, start) && Lines.start(this.text, start) > node.start();
	}

}

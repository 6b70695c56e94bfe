package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Changes JSON, with comments if there are any.
 */
final class JsonSurface extends Surface {

	private final List<Trivia> comments;

	private final String separator;

	private final String unit;

	JsonSurface(String text, Node root, List<Trivia> comments) {
		super(text, root);
		this.comments = comments;
		this.separator = Lines.separator(text);
		this.unit = Lines.unit(text);
	}

	@Override
	Splice set(Node node, @Nullable Object value) {
		return new Splice(node.start(), node.end(), JsonRenderer.scalar(value));
	}

	@Override
	List<Splice> replace(Node node, List<Object> path, @Nullable Object value) {
		String indent = Lines.indent(text(), node.start());
		return List.of(new Splice(node.start(), node.end(), renderer(isMultiLine(node), ": ").render(value, indent)));
	}

	@Override
	List<Splice> insert(Node node, List<Object> path, int index, List<Map.Entry<String, @Nullable Object>> added) {
		boolean lines = node.children().isEmpty() ? isMultiLine(root()) : isMultiLine(node);
		String indent = node.children().isEmpty() ? Lines.indent(text(), node.start()) + this.unit
				: Lines.indent(text(), node.children().get(Math.max(0, index - 1)).start());
		String colon = colon(node);
		JsonRenderer renderer = renderer(lines, colon);
		List<String> rendered = new ArrayList<>();
		added.forEach((entry) -> rendered.add((node.isMap() ? JsonRenderer.quoted(entry.getKey()) + colon : "")
				+ renderer.render(entry.getValue(), indent)));
		return new Brackets(text(), this.separator, this::skip).insert(node, index, rendered, lines ? indent : null);
	}

	@Override
	List<Splice> remove(Node node, List<Object> path, int from, int to) {
		return new Brackets(text(), this.separator, this::skip).remove(node, from, to);
	}

	@Override
	List<Trivia> trivia() {
		return this.comments;
	}

	private JsonRenderer renderer(boolean lines, String colon) {
		return new JsonRenderer(this.separator, this.unit, colon, lines);
	}

	private boolean isMultiLine(Node node) {
		return text().substring(node.start(), node.end()).indexOf('\n') >= 0
				|| (node.isScalar() && isMultiLine(root()) && node != root()) || (node == root() && node.isScalar());
	}

	/**
	 * What is between key and value of the first entry, unless it is more than blanks.
	 */
	private String colon(Node node) {
		if (!node.isMap() || node.children().isEmpty()) {
			return ": ";
		}
		Node.Child first = node.children().get(0);
		int from = first.valueFrom() - 1;
		while (text().charAt(from - 1) == ' ') {
			from--;
		}
		String colon = text().substring(from, first.node().start());
		return colon.strip().equals(":") && colon.indexOf('\n') < 0 ? colon : ": ";
	}

	/** Skips blanks, line ends and comments. */
	private int skip(int from) {
		int at = from;
		while (at < text().length()) {
			if (Character.isWhitespace(text().charAt(at))) {
				at++;
			}
			else if (text().startsWith("//", at)) {
				at = Lines.end(text(), at);
			}
			else if (text().startsWith("/*", at)) {
				at = text().indexOf("*/", at) + 2;
			}
			else {
				return at;
			}
		}
		return at;
	}

}

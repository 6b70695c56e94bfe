package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.atomicwrite.format.syntax.Node.Child;
import io.atomicwrite.format.syntax.PropertiesParser.Line;
import org.jspecify.annotations.Nullable;

/**
 * Changes properties by lines. Where elements of a list come or go, those after them get
 * other places.
 */
final class PropertiesSurface extends Surface {

	private final Map<Node, Line> lines;

	private final List<Trivia> comments;

	private final String separator;

	/** Whether the file has escapes where others have characters beyond ASCII. */
	private final boolean ascii;

	PropertiesSurface(String text, Node root, Map<Node, Line> lines, List<Trivia> comments) {
		super(text, root);
		this.lines = lines;
		this.comments = comments;
		this.separator = Lines.separator(text);
		this.ascii = text.contains("\\u") && text.chars().allMatch((next) -> next < 0x80);
	}

	@Override
	List<Trivia> trivia() {
		return this.comments;
	}

	@Override
	@Nullable Splice set(Node node, @Nullable Object value) {
		Line line = this.lines.get(node);
		if (line == null) {
			return null;
		}
		String sign = (line.valueStart() == line.keyEnd()) ? "=" : "";
		return new Splice(line.valueStart(), line.valueEnd(),
				sign + PropertyNames.escapedValue(String.valueOf(value), this.ascii));
	}

	@Override
	@Nullable List<Splice> replace(Node node, List<Object> path, @Nullable Object value) {
		if (path.isEmpty()) {
			return null;
		}
		List<Line> old = linesOf(node);
		List<Splice> splices = new ArrayList<>();
		Line last = old.get(old.size() - 1);
		splices.add(new Splice(last.start(), last.end(), rendered(prefix(path), value, last, !endsLine(last))));
		old.subList(0, old.size() - 1).forEach((line) -> splices.add(Splice.delete(line.start(), line.end())));
		return splices;
	}

	@Override
	@Nullable List<Splice> insert(Node node, List<Object> path, int index, List<Map.Entry<String, @Nullable Object>> added) {
		List<Splice> splices = new ArrayList<>();
		String prefix = prefix(path);
		List<Child> children = node.children();
		Line beside = children.isEmpty() ? null : last(children.get(Math.max(0, index - 1)).node());
		boolean open = beside != null && index > 0 && !endsLine(beside);
		StringBuilder text = new StringBuilder();
		int place = index;
		Map<String, @Nullable Object> siblings = siblings(node);
		for (Map.Entry<String, @Nullable Object> entry : added) {
			String key = node.isMap() ? PropertyNames.with(prefix, entry.getKey(), siblings)
					: prefix + "[" + place++ + "]";
			siblings.put(entry.getKey(), entry.getValue());
			text.append(rendered(key, entry.getValue(), beside, false));
		}
		if (beside == null) {
			boolean line = text().isEmpty() || text().endsWith("\n") || text().endsWith("\r");
			splices.add(Splice.insert(text().length(), (line ? "" : this.separator) + text));
		}
		else if (index == 0) {
			splices.add(Splice.insert(linesOf(children.get(0).node()).get(0).start(), text.toString()));
		}
		else {
			String whole = text.toString();
			splices.add(Splice.insert(beside.end(),
					open ? this.separator + whole.substring(0, whole.length() - this.separator.length()) : whole));
		}
		if (!node.isMap()) {
			shift(node, prefix, index, added.size(), splices);
		}
		return splices;
	}

	@Override
	List<Splice> remove(Node node, List<Object> path, int from, int to) {
		List<Splice> splices = new ArrayList<>();
		for (Child child : node.children().subList(from, to)) {
			linesOf(child.node()).forEach((line) -> splices.add(Splice.delete(begin(line), line.end())));
		}
		if (!node.isMap()) {
			shift(node, prefix(path), to, from - to, splices);
		}
		return splices;
	}

	/** Where to delete a line from: the last one goes with the line end before it. */
	private int begin(Line line) {
		return (endsLine(line) || line.start() == 0) ? line.start() : Lines.end(text(), line.start() - 1);
	}

	/** Gives the elements of a list from one on other places. */
	private void shift(Node list, String prefix, int from, int by, List<Splice> splices) {
		for (int place = from; place < list.children().size(); place++) {
			String old = prefix + "[" + place + "]";
			String shifted = prefix + "[" + (place + by) + "]";
			for (Line line : linesOf(list.children().get(place).node())) {
				String key = line.key().startsWith(old) ? shifted + line.key().substring(old.length()) : line.key();
				splices.add(new Splice(line.keyStart(), line.keyEnd(), PropertyNames.escapedKey(key, this.ascii)));
			}
		}
	}

	private String rendered(String key, @Nullable Object value, @Nullable Line like, boolean open) {
		StringBuilder out = new StringBuilder();
		String indent = (like != null) ? text().substring(like.start(), like.keyStart()) : "";
		PropertyNames.flatten(key, value)
			.forEach((name, text) -> out.append(indent)
				.append(PropertyNames.escapedKey(name, this.ascii))
				.append(sign(like))
				.append(PropertyNames.escapedValue(text, this.ascii))
				.append(this.separator));
		return open ? out.substring(0, out.length() - this.separator.length()) : out.toString();
	}

	/** What is between key and value, as in another line. */
	private String sign(@Nullable Line like) {
		String sign = (like != null) ? text().substring(like.keyEnd(), like.valueStart()) : "";
		return (sign.isBlank() || sign.indexOf('\\') >= 0) ? "=" : sign;
	}

	/** The key as it is written in the file where it is there, else as we write it. */
	private String prefix(List<Object> path) {
		String prefix = "";
		Node node = root();
		for (Object step : path) {
			prefix = (step instanceof Integer) ? prefix + "[" + step + "]"
					: PropertyNames.with(prefix, String.valueOf(step), siblings(node));
			node = node.at(List.of(step));
		}
		return prefix;
	}

	private static Map<String, @Nullable Object> siblings(Node node) {
		return node.isMap() ? new LinkedHashMap<>(Trees.map(Objects.requireNonNull(node.tree())))
				: new LinkedHashMap<>();
	}

	private boolean endsLine(Line line) {
		return line.end() > line.valueEnd();
	}

	private Line last(Node node) {
		List<Line> all = linesOf(node);
		return all.get(all.size() - 1);
	}

	private List<Line> linesOf(Node node) {
		List<Line> found = new ArrayList<>();
		collect(node, found);
		found.sort(Comparator.comparingInt(Line::start));
		return found;
	}

	private void collect(Node node, List<Line> found) {
		Line line = this.lines.get(node);
		if (line != null) {
			found.add(line);
		}
		node.children().forEach((child) -> collect(child.node(), found));
	}

}

package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.atomicwrite.format.syntax.Node.Child;
import org.jspecify.annotations.Nullable;

/**
 * Changes YAML: block collections by lines, flow collections by commas.
 */
final class YamlSurface extends Surface {

	private final List<Trivia> trivia;

	private final YamlRenderer renderer;

	private final Brackets brackets;

	private final Set<Node> inFlow = Collections.newSetFromMap(new IdentityHashMap<>());

	YamlSurface(String text, Node root, List<Trivia> trivia) {
		super(text, root);
		this.trivia = trivia;
		YamlIndent indent = YamlIndent.of(text, root);
		this.renderer = new YamlRenderer(Lines.separator(text), indent.map(), indent.list());
		this.brackets = new Brackets(text, Lines.separator(text), (from) -> YamlPlaces.skip(text, from));
		collectFlow(root, false);
	}

	private void collectFlow(Node node, boolean flow) {
		if (flow) {
			this.inFlow.add(node);
		}
		boolean inner = flow || (!node.isScalar() && node.style() != YamlPlaces.BLOCK);
		node.children().forEach((child) -> collectFlow(child.node(), inner));
	}

	@Override
	List<Trivia> trivia() {
		return this.trivia;
	}

	@Override
	@Nullable Splice set(Node node, @Nullable Object value) {
		boolean flow = this.inFlow.contains(node);
		if (node.style() == YamlPlaces.NOTHING) {
			return (flow || node == root() || isLiteral(value)) ? null
					: Splice.insert(node.start(), " " + YamlScalars.render(value, false));
		}
		if (node.style() == YamlPlaces.UNSET) {
			return null;
		}
		String old = text().substring(node.start(), node.end());
		if ((node.style() == '|' || node.style() == '>') && value instanceof String string) {
			return YamlRenderer.isLiteral(string) ? new Splice(node.start(), node.end(), literal(old, string)) : null;
		}
		return (isLiteral(value) && !flow && node.style() == ' ') ? null
				: new Splice(node.start(), node.end(), YamlScalars.render(value, flow, node.style(), old));
	}

	private static boolean isLiteral(@Nullable Object value) {
		return value instanceof String string && string.indexOf('\n') >= 0 && YamlRenderer.isLiteral(string);
	}

	/** Another literal block with the indent and the comment of an old one. */
	private String literal(String old, String value) {
		int headerEnd = Lines.end(old, 0);
		String comment = old.substring(0, headerEnd).replaceFirst("^[|>][-+0-9]*", "");
		int body = old.indexOf('\n');
		while (body >= 0 && old.startsWith("\n", body) && Lines.end(old, body + 1) == body + 1) {
			body = old.indexOf('\n', body + 1);
		}
		String indent = (body >= 0) ? Lines.indent(old, body + 1) : "";
		// one line is the same folded
		boolean folded = old.charAt(0) == '>' && value.stripTrailing().indexOf('\n') < 0;
		String rendered = this.renderer.literal(folded ? ">" : "|", value, indent.isEmpty() ? "  " : indent);
		int mark = rendered.indexOf(this.renderer.separator());
		return rendered.substring(0, mark) + comment + rendered.substring(mark);
	}

	@Override
	@Nullable List<Splice> replace(Node node, List<Object> path, @Nullable Object value) {
		if (path.isEmpty()) {
			return replaceRoot(node, value);
		}
		Node parent = root().at(path.subList(0, path.size() - 1));
		Object key = path.get(path.size() - 1);
		Child child = (key instanceof Integer place) ? parent.children().get(place) : parent.child((String) key);
		if (child == null || parent.isAlias()) {
			return null;
		}
		if (child.merged()) {
			Map<String, @Nullable Object> added = new LinkedHashMap<>();
			added.put(child.key(), value);
			return insert(parent, path, parent.children().size(), new ArrayList<>(added.entrySet()));
		}
		if (parent.style() != YamlPlaces.BLOCK) {
			int from = parent.isMap() ? Lines.skipBlanks(text(), child.valueFrom()) : child.start();
			return List.of(new Splice(from, child.end(), this.renderer.flow(value)));
		}
		String indent = indent(parent);
		String rendered = parent.isMap() ? this.renderer.afterKey(value, indent)
				: this.renderer.afterDash(value, indent);
		int lineEnd = Lines.end(text(), child.valueFrom());
		if (rendered.startsWith(this.renderer.separator()) && child.end() <= lineEnd) {
			return List.of(Splice.delete(child.valueFrom(), child.end()), Splice.insert(lineEnd, rendered));
		}
		return List.of(new Splice(child.valueFrom(), child.end(), rendered));
	}

	private @Nullable List<Splice> replaceRoot(Node node, @Nullable Object value) {
		if (node.style() == YamlPlaces.NOTHING) {
			boolean line = text().isEmpty() || text().endsWith("\n");
			return List.of(Splice.insert(text().length(), (line ? "" : this.renderer.separator())
					+ this.renderer.document(value) + this.renderer.separator()));
		}
		return List.of(new Splice(node.start(), node.end(), this.renderer.document(value)));
	}

	@Override
	@Nullable List<Splice> insert(Node node, List<Object> path, int index, List<Map.Entry<String, @Nullable Object>> added) {
		boolean block = node.style() == YamlPlaces.BLOCK;
		if (!block && node.children().isEmpty() && !this.inFlow.contains(node)) {
			return replace(node, path, new Step.Insert(path, index, added).result(node.tree()));
		}
		if (!block) {
			return insertInFlow(node, index, added);
		}
		String indent = indent(node);
		List<String> lines = new ArrayList<>();
		added.forEach((entry) -> lines.add(node.isMap() ? this.renderer.entry(entry.getKey(), entry.getValue(), indent)
				: "-" + this.renderer.afterDash(entry.getValue(), indent)));
		String gap = this.renderer.separator() + indent;
		if (index == 0) {
			return List.of(Splice.insert(node.start(), String.join(gap, lines) + gap));
		}
		int end = Lines.end(text(), node.children().get(index - 1).end());
		return List.of(Splice.insert(end, gap + String.join(gap, lines)));
	}

	private @Nullable List<Splice> insertInFlow(Node node, int index, List<Map.Entry<String, @Nullable Object>> added) {
		if (node.style() != '{' && node.style() != '[') {
			return null;
		}
		List<String> rendered = new ArrayList<>();
		added.forEach((entry) -> rendered.add((node.isMap() ? YamlScalars.render(entry.getKey(), true) + ": " : "")
				+ this.renderer.flow(entry.getValue())));
		boolean lines = text().substring(node.start(), node.end()).indexOf('\n') >= 0 && !node.children().isEmpty();
		String indent = lines ? Lines.indent(text(), node.children().get(Math.max(0, index - 1)).start()) : null;
		return this.brackets.insert(node, index, rendered, indent);
	}

	@Override
	@Nullable List<Splice> remove(Node node, List<Object> path, int from, int to) {
		List<Child> children = node.children();
		if (children.subList(from, to).stream().anyMatch(Child::merged)) {
			return null;
		}
		if (node.style() == '{' || node.style() == '[') {
			return this.brackets.remove(node, from, to);
		}
		if (node.style() != YamlPlaces.BLOCK) {
			return null;
		}
		if (from == 0 && to == children.size()) {
			return replace(node, path, node.isMap() ? Map.of() : List.of());
		}
		int start = children.get(from).start();
		if (from == 0 && !Lines.isFirst(text(), start)) {
			return List.of(Splice.delete(start, children.get(to).start()));
		}
		int lineStart = Lines.start(text(), start);
		int next = Lines.next(text(), children.get(to - 1).end());
		boolean open = next == text().length() && !text().endsWith("\n") && lineStart > 0;
		return List.of(open ? Splice.delete(Lines.end(text(), lineStart - 1), next) : Splice.delete(lineStart, next));
	}

	/** The indent of the entries or elements of a block. */
	private String indent(Node node) {
		return YamlIndent.of(text(), Objects.requireNonNull(node).start());
	}

}

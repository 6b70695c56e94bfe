package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.atomicwrite.format.syntax.TomlParser.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Changes TOML: tables by statements, what is in brackets by commas.
 */
final class TomlSurface extends Surface {

	private final List<Statement> statements;

	private final List<Trivia> comments;

	private final String separator;

	private final TomlRenderer renderer;

	private final Brackets brackets;

	TomlSurface(String text, Node root, List<Statement> statements, List<Trivia> comments) {
		super(text, root);
		this.statements = statements;
		this.comments = comments;
		this.separator = Lines.separator(text);
		this.renderer = new TomlRenderer(this.separator);
		this.brackets = new Brackets(text, this.separator, (from) -> YamlPlaces.skip(text, from));
	}

	@Override
	List<Trivia> trivia() {
		return this.comments;
	}

	@Override
	Splice set(Node node, @Nullable Object value) {
		return new Splice(node.start(), node.end(), TomlScalars.render(value, node.style(), this.separator));
	}

	@Override
	@Nullable List<Splice> replace(Node node, List<Object> path, @Nullable Object value) {
		if (path.isEmpty()) {
			return null;
		}
		if (node.style() != TomlTree.TABLE && node.style() != TomlTree.TABLES) {
			return List.of(new Splice(node.start(), node.end(), this.renderer.inline(value)));
		}
		Object key = path.get(path.size() - 1);
		List<Object> parent = path.subList(0, path.size() - 1);
		if (!(key instanceof String name)) {
			return null;
		}
		List<Splice> splices = new ArrayList<>(delete(path));
		splices.addAll(add(parent, name, value, path));
		return splices;
	}

	@Override
	@Nullable List<Splice> insert(Node node, List<Object> path, int index, List<Map.Entry<String, @Nullable Object>> added) {
		if (node.style() == '{' || node.style() == '[') {
			List<String> rendered = new ArrayList<>();
			added.forEach((entry) -> rendered
				.add(node.isMap() ? this.renderer.line(TomlScalars.key(entry.getKey()), entry.getValue())
						: this.renderer.inline(entry.getValue())));
			boolean lines = text().substring(node.start(), node.end()).indexOf('\n') >= 0 && !node.children().isEmpty();
			return this.brackets.insert(node, index, rendered,
					lines ? Lines.indent(text(), node.children().get(Math.max(0, index - 1)).start()) : null);
		}
		if (node.isMap()) {
			List<Splice> splices = new ArrayList<>();
			List<Object> previous = (index > 0) ? with(path, node.children().get(index - 1).key()) : path;
			// what follows the header of a table belongs to it
			Stream
				.concat(added.stream().filter((entry) -> !TomlRenderer.isTable(entry.getValue())),
						added.stream().filter((entry) -> TomlRenderer.isTable(entry.getValue())))
				.forEach((entry) -> splices
					.addAll(add(path, entry.getKey(), entry.getValue(), List.of("", ""), previous)));
			return splices;
		}
		if (index == 0) {
			return null;
		}
		StringBuilder text = new StringBuilder();
		List<Object> last = with(path, index - 1);
		for (Map.Entry<String, @Nullable Object> entry : added) {
			if (!(entry.getValue() instanceof Map)) {
				return null;
			}
			text.append(this.separator).append(this.renderer.element(path, entry.getValue()));
		}
		return List.of(afterLast(last, text.toString()));
	}

	private List<Splice> add(List<Object> table, String key, @Nullable Object value, List<Object> without) {
		return add(table, key, value, without, table);
	}

	/** Adds a key to a table, without regard to the statements within a path. */
	private List<Splice> add(List<Object> table, String key, @Nullable Object value, List<Object> without,
			List<Object> previous) {
		Statement header = null;
		Statement dotted = null;
		Statement within = null;
		for (Statement statement : this.statements) {
			if (statement.isWithin(without) || !statement.isWithin(table)) {
				continue;
			}
			within = statement;
			if (statement.header() && statement.path().equals(table)) {
				header = statement;
			}
			else if (!statement.header() && statement.section().size() <= table.size()) {
				boolean fixed = dotted != null && dotted.path().equals(previous);
				dotted = fixed ? dotted : statement;
			}
		}
		if (TomlRenderer.isTable(value) && (header != null || table.isEmpty())) {
			String section = this.renderer.section(with(table, key), value);
			return List.of((within != null) ? afterLast(table, this.separator + section)
					: Splice.insert(text().length(), section));
		}
		if (dotted != null) {
			List<Object> relative = with(table, key).subList(dotted.section().size(), table.size() + 1);
			String indent = Lines.indent(text(), dotted.start());
			return List.of(afterLine(dotted.end(), indent + this.renderer.line(TomlRenderer.dotted(relative), value)));
		}
		String line = this.renderer.line(TomlScalars.key(key), value);
		if (header != null) {
			return List.of(afterLine(header.end(), line));
		}
		return List.of(beforeFirst(table,
				(table.isEmpty() ? "" : "[" + TomlRenderer.dotted(table) + "]" + this.separator) + line));
	}

	/**
	 * Puts lines before the first statement within a path, and before its own comments.
	 */
	private Splice beforeFirst(List<Object> path, String lines) {
		for (Statement statement : this.statements) {
			if (statement.isWithin(path)) {
				int at = statement.start();
				while (at > 0 && text().startsWith("#", Lines.skipBlanks(text(), Lines.start(text(), at - 1)))) {
					at = Lines.start(text(), at - 1);
				}
				return Splice.insert(at, lines + this.separator + this.separator);
			}
		}
		boolean open = !text().isEmpty() && !text().endsWith("\n");
		return Splice.insert(text().length(), (open ? this.separator : "") + lines + this.separator);
	}

	private Splice afterLine(int end, String line) {
		return Splice.insert(Lines.end(text(), end), this.separator + line);
	}

	/** Puts whole lines after the last statement within a path. */
	private Splice afterLast(List<Object> path, String lines) {
		int end = 0;
		for (Statement statement : this.statements) {
			end = statement.isWithin(path) ? statement.end() : end;
		}
		String whole = lines.substring(0, lines.length() - this.separator.length());
		return Splice.insert(Lines.end(text(), end), this.separator + whole);
	}

	@Override
	@Nullable List<Splice> remove(Node node, List<Object> path, int from, int to) {
		if (node.style() == '{' || node.style() == '[') {
			return this.brackets.remove(node, from, to);
		}
		boolean whole = from == 0 && to == node.children().size();
		if (whole && (!node.isMap() || this.statements.stream()
			.noneMatch((statement) -> statement.header() && statement.path().equals(path)))) {
			return path.isEmpty() ? deleteEach(node, path, from, to)
					: replace(node, path, node.isMap() ? Map.of() : List.of());
		}
		return deleteEach(node, path, from, to);
	}

	private List<Splice> deleteEach(Node node, List<Object> path, int from, int to) {
		List<Splice> splices = new ArrayList<>();
		for (int place = from; place < to; place++) {
			splices.addAll(delete(with(path, node.isMap() ? node.children().get(place).key() : (Object) place)));
		}
		return splices;
	}

	/**
	 * Deletes the statements within a path, with what is between those that follow each
	 * other.
	 */
	private List<Splice> delete(List<Object> path) {
		List<Splice> splices = new ArrayList<>();
		int start = -1;
		int end = -1;
		for (Statement statement : this.statements) {
			if (statement.isWithin(path)) {
				start = (start < 0) ? statement.start() : start;
				end = statement.end();
			}
			else if (start >= 0) {
				splices.add(Splice.delete(start, Lines.next(text(), end)));
				start = -1;
			}
		}
		if (start >= 0) {
			int next = Lines.next(text(), end);
			boolean open = next == text().length() && !text().endsWith("\n") && start > 0;
			splices.add(Splice.delete(open ? Lines.end(text(), start - 1) : start, next));
		}
		return splices;
	}

	private static List<Object> with(List<Object> path, Object step) {
		List<Object> longer = new ArrayList<>(path);
		longer.add(step);
		return longer;
	}

}

package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Node.Child;
import io.atomicwrite.format.syntax.Surface.Trivia;
import org.jspecify.annotations.Nullable;

/**
 * Parses TOML statement by statement. Used once.
 */
final class TomlParser {

	private final String text;

	private final TomlLexer lexer;

	private final List<Statement> statements = new ArrayList<>();

	private final Node root = Node.map(TomlTree.TABLE, 0);

	private List<Object> section = List.of();

	TomlParser(String text, FormatLimits limits) {
		this.text = text;
		this.lexer = new TomlLexer(text, limits);
	}

	List<Statement> statements() {
		return this.statements;
	}

	List<Trivia> comments() {
		return this.lexer.comments();
	}

	Node parse() throws MalformedContentException {
		Node table = this.root;
		this.lexer.skip();
		while (!this.lexer.isDone()) {
			int start = this.lexer.at();
			if (this.lexer.take("[[")) {
				table = header(start, "]]");
			}
			else if (this.lexer.take("[")) {
				table = header(start, "]");
			}
			else {
				entry(table, start);
			}
			this.lexer.skip();
		}
		this.root.endAt(this.text.length());
		return this.root;
	}

	private Node header(int start, String close) throws MalformedContentException {
		List<String> key = this.lexer.key();
		this.lexer.require(close);
		int end = this.lexer.at();
		Node table = close.equals("]") ? TomlTree.table(this.root, key, start) : element(key, start);
		if (table == null || !table.isMap() || table.style() != TomlTree.TABLE) {
			throw Grammar.malformed(this.text, start, "there is something else with this key");
		}
		this.section = path(key);
		this.statements.add(new Statement(Lines.start(this.text, start), end, this.section, this.section, true));
		extend(this.section, end);
		this.lexer.endLine();
		return table;
	}

	private @Nullable Node element(List<String> key, int start) {
		Node parent = TomlTree.table(this.root, key.subList(0, key.size() - 1), start);
		String last = key.get(key.size() - 1);
		if (parent == null || !parent.isMap()) {
			return null;
		}
		Child child = parent.child(last);
		if (child == null) {
			child = new Child(last, start, start, Node.list(TomlTree.TABLES, start), false);
			parent.add(child);
		}
		if (child.node().style() != TomlTree.TABLES) {
			return null;
		}
		Node table = Node.map(TomlTree.TABLE, start);
		child.node().add(new Child("", start, start, table, false));
		return table;
	}

	private void entry(Node table, int start) throws MalformedContentException {
		List<String> key = this.lexer.key();
		this.lexer.require("=");
		int from = this.lexer.at();
		this.lexer.blanks();
		Node value = this.lexer.value();
		if (!TomlTree.put(table, key, new Child(key.get(key.size() - 1), start, from, value, false))) {
			throw Grammar.malformed(this.text, start, "the key is there twice");
		}
		List<Object> path = new ArrayList<>(this.section);
		path.addAll(key);
		this.statements.add(new Statement(Lines.start(this.text, start), value.end(), path, this.section, false));
		extend(path.subList(0, path.size() - 1), value.end());
		this.lexer.endLine();
	}

	/** The path of a header, with the places of the last elements so far. */
	private List<Object> path(List<String> key) {
		List<Object> path = new ArrayList<>();
		Node node = this.root;
		for (String part : key) {
			path.add(part);
			node = node.at(List.of(part));
			if (node.style() == TomlTree.TABLES) {
				path.add(node.children().size() - 1);
				node = node.children().get(node.children().size() - 1).node();
			}
		}
		return path;
	}

	/** Tables end where the last of their statements does. */
	private void extend(List<Object> path, int end) {
		for (int length = 1; length <= path.size(); length++) {
			this.root.at(path.subList(0, length)).endAt(end);
		}
	}

	/**
	 * A header, or a key and its value.
	 *
	 * @param start where its line begins
	 * @param end where it ends on its last line, without a comment
	 * @param path what it is about, with the places of elements
	 * @param section the path of the header above
	 * @param header whether it is a header
	 */
	record Statement(int start, int end, List<Object> path, List<Object> section, boolean header) {

		boolean isWithin(List<Object> outer) {
			return this.path.size() >= outer.size() && this.path.subList(0, outer.size()).equals(outer);
		}

	}

}

package io.atomicwrite.format.syntax;

import java.util.List;

import io.atomicwrite.format.syntax.Node.Child;
import org.jspecify.annotations.Nullable;

/**
 * A table that grows key by key.
 */
final class TomlTree {

	/** The style of a table that a header or a dotted key begins. */
	static final char TABLE = 't';

	/** The style of an array of tables. */
	static final char TABLES = 'T';

	private final Node root;

	TomlTree(char style, int start) {
		this.root = Node.map(style, start);
	}

	Node root() {
		return this.root;
	}

	/** Puts a value; returns whether there was none. */
	boolean put(List<String> key, Child child) {
		return put(this.root, key, child);
	}

	static boolean put(Node table, List<String> key, Child child) {
		Node parent = table(table, key.subList(0, key.size() - 1), child.start());
		if (parent == null || !parent.isMap() || parent.child(child.key()) != null) {
			return false;
		}
		parent.add(child);
		return true;
	}

	/**
	 * The table at a path, made if there is none, or {@code null} if something else is.
	 */
	static @Nullable Node table(Node from, List<String> path, int at) {
		Node node = from;
		for (String part : path) {
			if (!node.isMap()) {
				return null;
			}
			Child child = node.child(part);
			if (child == null) {
				child = new Child(part, at, at, Node.map(TABLE, at), false);
				node.add(child);
			}
			node = child.node();
			if (node.style() == TABLES) {
				node = node.children().get(node.children().size() - 1).node();
			}
		}
		return node;
	}

}

package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A value in a text, and where it stands. Built by a parser and not changed afterwards.
 */
class Node {

	/** Whether it is a map, a list or a scalar. */
	enum Kind {

		/** A map. */
		MAP,

		/** A list. */
		LIST,

		/** A text, a number, a truth value or nothing. */
		SCALAR

	}

	private final Kind kind;

	private final @Nullable Object scalar;

	private final List<Child> children = new ArrayList<>();

	/** Where the value begins, without anchor and tag. */
	private int start;

	/** Where it ends, exclusive; what follows on its last line is not part of it. */
	private int end;

	/**
	 * How it is spelled: the quote of a scalar, the bracket of a collection, or a mark of
	 * the format.
	 */
	private final char style;

	/** Whether it stands here only by reference, and so can't be changed here. */
	private final boolean alias;

	private @Nullable Object tree;

	Node(Kind kind, @Nullable Object scalar, char style, int start, int end, boolean alias) {
		this.kind = kind;
		this.scalar = scalar;
		this.style = style;
		this.start = start;
		this.end = end;
		this.alias = alias;
	}

	static Node scalar(@Nullable Object value, char style, int start, int end) {
		return new Node(Kind.SCALAR, value, style, start, end, false);
	}

	static Node map(char style, int start) {
		return new Node(Kind.MAP, null, style, start, start, false);
	}

	static Node list(char style, int start) {
		return new Node(Kind.LIST, null, style, start, start, false);
	}

	/** The same value at a place that refers to it. */
	Node referredFrom(int from, int to) {
		Node reference = new Node(this.kind, this.scalar, this.style, from, to, true);
		reference.children.addAll(this.children);
		return reference;
	}

	Kind kind() {
		return this.kind;
	}

	boolean isMap() {
		return this.kind == Kind.MAP;
	}

	boolean isScalar() {
		return this.kind == Kind.SCALAR;
	}

	char style() {
		return this.style;
	}

	int start() {
		return this.start;
	}

	int end() {
		return this.end;
	}

	void startAt(int offset) {
		this.start = offset;
	}

	void endAt(int offset) {
		this.end = offset;
	}

	boolean isAlias() {
		return this.alias;
	}

	List<Child> children() {
		return this.children;
	}

	void add(Child child) {
		this.children.add(child);
	}

	/** The child with a key, or {@code null}. */
	@Nullable Child child(String key) {
		for (Child child : this.children) {
			if (child.key().equals(key)) {
				return child;
			}
		}
		return null;
	}

	/** The value without its places; built once, when the text has been parsed. */
	@Nullable Object tree() {
		if (this.tree == null && this.kind != Kind.SCALAR) {
			this.tree = build();
		}
		return (this.kind == Kind.SCALAR) ? this.scalar : this.tree;
	}

	private Object build() {
		if (this.kind == Kind.LIST) {
			List<@Nullable Object> list = new ArrayList<>(this.children.size());
			this.children.forEach((child) -> list.add(child.node().tree()));
			return list;
		}
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		this.children.forEach((child) -> map.put(child.key(), child.node().tree()));
		return map;
	}

	/** The node at a path of keys and places, or the last one on the way to it. */
	Node at(List<?> path) {
		return entry(path).map(Child::node).orElse(this);
	}

	/** The entry at a path of keys and places, or the last one on the way to it. */
	Optional<Child> entry(List<?> path) {
		Node node = this;
		Child last = null;
		for (Object step : path) {
			Child next = (step instanceof Integer place && !node.isMap())
					? ((place < node.children.size()) ? node.children.get(place) : null)
					: node.child(String.valueOf(step));
			if (next == null) {
				break;
			}
			last = next;
			node = next.node();
		}
		return Optional.ofNullable(last);
	}

	/**
	 * An entry of a map or an element of a list.
	 *
	 * @param key the key, empty in a list
	 * @param start where it begins: the key, or what marks the element
	 * @param valueFrom where its value may begin: after the colon, or the mark
	 * @param node the value
	 * @param merged whether it stands here only by reference
	 */
	record Child(String key, int start, int valueFrom, Node node, boolean merged) {

		int end() {
			return Math.max(this.valueFrom, this.node.end);
		}

	}

}

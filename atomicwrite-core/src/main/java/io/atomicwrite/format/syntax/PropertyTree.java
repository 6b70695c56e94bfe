package io.atomicwrite.format.syntax;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Node.Child;
import io.atomicwrite.format.syntax.PropertiesParser.Line;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree of keys. Where a key has a value and is the begin of other keys, as in the
 * files of log4j, those stay whole in the map that the key is in. Used once.
 */
final class PropertyTree {

	static final char GROUP = 'p';

	private final String text;

	private final FormatLimits limits;

	private final Branch root = new Branch();

	private final Map<Node, Line> lines = new IdentityHashMap<>();

	PropertyTree(String text, FormatLimits limits) {
		this.text = text;
		this.limits = limits;
	}

	Map<Node, Line> lines() {
		return this.lines;
	}

	void put(Line line) throws MalformedContentException {
		List<Object> parts = PropertyNames.parse(line.key());
		if (parts.size() > this.limits.depth()) {
			throw Grammar.malformed(this.text, line.keyStart(),
					"this is nested deeper than the limit of " + this.limits.depth());
		}
		Branch branch = this.root;
		for (Object part : parts) {
			branch = branch.branches.computeIfAbsent(part, (it) -> new Branch());
		}
		if (branch.line != null) {
			throw Grammar.malformed(this.text, line.keyStart(), "the key '" + line.key() + "' is there twice");
		}
		branch.line = line;
	}

	Node build() throws MalformedContentException {
		Node node = Node.map(GROUP, 0);
		node.endAt(this.text.length());
		Map<String, Child> children = new LinkedHashMap<>();
		for (Map.Entry<Object, Branch> entry : this.root.branches.entrySet()) {
			add(String.valueOf(entry.getKey()), entry.getValue(), children);
		}
		children.values().forEach(node::add);
		return node;
	}

	private void add(String key, Branch branch, Map<String, Child> children) throws MalformedContentException {
		if (branch.line != null) {
			Line line = branch.line;
			Node leaf = Node.scalar(line.value(), ' ', line.valueStart(), line.valueEnd());
			this.lines.put(leaf, line);
			put(new Child(key, line.start(), line.keyEnd(), leaf, false), children);
			for (Map.Entry<Object, Branch> entry : branch.branches.entrySet()) {
				boolean place = entry.getKey() instanceof Integer;
				add(key + (place ? "[" + entry.getKey() + "]" : "." + entry.getKey()), entry.getValue(), children);
			}
		}
		else {
			Node node = group(branch);
			Child first = node.children().get(0);
			put(new Child(key, first.start(), first.start(), node, false), children);
		}
	}

	private void put(Child child, Map<String, Child> children) throws MalformedContentException {
		if (children.put(child.key(), child) != null) {
			throw Grammar.malformed(this.text, child.start(), "the key '" + child.key() + "' is there twice");
		}
	}

	private Node group(Branch branch) throws MalformedContentException {
		boolean list = branch.isList();
		Node node = list ? Node.list(GROUP, 0) : Node.map(GROUP, 0);
		Map<String, Child> children = new LinkedHashMap<>();
		for (int place = 0; list && place < branch.branches.size(); place++) {
			add(String.valueOf(place), Objects.requireNonNull(branch.branches.get(place)), children);
		}
		for (Map.Entry<Object, Branch> entry : branch.branches.entrySet()) {
			if (!list) {
				add(String.valueOf(entry.getKey()), entry.getValue(), children);
			}
		}
		children.values().forEach(node::add);
		node.startAt(node.children().get(0).node().start());
		node.endAt(node.children().get(node.children().size() - 1).node().end());
		return node;
	}

	/** A key, or the begin of keys. */
	private static final class Branch {

		private final Map<Object, Branch> branches = new LinkedHashMap<>();

		private @Nullable Line line;

		/**
		 * Whether there are all places from the first on, and nothing more below a value.
		 */
		private boolean isList() {
			for (int place = 0; place < this.branches.size(); place++) {
				Branch branch = this.branches.get(place);
				if (branch == null || (branch.line != null && !branch.branches.isEmpty())) {
					return false;
				}
			}
			return true;
		}

	}

}

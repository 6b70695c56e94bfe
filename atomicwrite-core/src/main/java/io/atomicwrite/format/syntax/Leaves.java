package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.atomicwrite.format.syntax.Grammar.Leaf;
import io.atomicwrite.format.syntax.Node.Child;

/**
 * Collects the leaves of a parsed text. Knows where its lines begin, so that the places
 * of many leaves take no more time than the text is long.
 */
final class Leaves {

	private final String text;

	private final int[] lines;

	private final List<Leaf> found = new ArrayList<>();

	Leaves(String text) {
		this.text = text;
		int count = 1;
		int[] starts = new int[64];
		for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
			if (count == starts.length) {
				starts = Arrays.copyOf(starts, 2 * count);
			}
			starts[count++] = end + 1;
		}
		this.lines = Arrays.copyOf(starts, count);
	}

	List<Leaf> of(Node root) {
		collect(root, List.of());
		return List.copyOf(this.found);
	}

	private void collect(Node node, List<Object> path) {
		if (node.isScalar() || node.children().isEmpty()) {
			this.found.add(leaf(node, path));
			return;
		}
		int place = 0;
		for (Child child : node.children()) {
			List<Object> longer = new ArrayList<>(path);
			longer.add(node.isMap() ? child.key() : place);
			collect(child.node(), List.copyOf(longer));
			place++;
		}
	}

	private Leaf leaf(Node node, List<Object> path) {
		int found = Arrays.binarySearch(this.lines, node.start());
		int line = (found >= 0) ? found : -found - 2;
		int start = Math.min(this.lines[line], this.text.length());
		int end = Math.min(node.start(), this.text.length());
		return new Leaf(path, node.tree(), line + 1, this.text.codePointCount(start, Math.max(start, end)) + 1);
	}

}

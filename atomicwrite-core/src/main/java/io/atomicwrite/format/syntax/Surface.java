package io.atomicwrite.format.syntax;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A parsed text and how it is changed in few places. A method that knows no way returns
 * {@code null}; whether a way that it returns is right is found out by parsing the
 * result.
 */
abstract class Surface {

	private final String text;

	private final Node root;

	Surface(String text, Node root) {
		this.text = text;
		this.root = root;
	}

	final String text() {
		return this.text;
	}

	final Node root() {
		return this.root;
	}

	/** Sets a scalar where it stands. */
	abstract @Nullable Splice set(Node node, @Nullable Object value);

	/** Puts another value, of any kind, in the place of one. */
	abstract @Nullable List<Splice> replace(Node node, List<Object> path, @Nullable Object value);

	/** Adds to a map or a list, the first one at a place. */
	abstract @Nullable List<Splice> insert(Node node, List<Object> path, int index,
			List<Map.Entry<String, @Nullable Object>> added);

	/** Removes from a map or a list. */
	abstract @Nullable List<Splice> remove(Node node, List<Object> path, int from, int to);

	/**
	 * What the tree does not have and an edit should keep: comments, anchors, references.
	 */
	abstract List<Trivia> trivia();

	final @Nullable List<Splice> splices(Step step) {
		Node node = this.root.at(step.path());
		if (step instanceof Step.Replace replace) {
			return replace(node, step.path(), replace.value());
		}
		if (node.isAlias()) {
			return null;
		}
		if (step instanceof Step.Insert insert) {
			return insert(node, step.path(), insert.index(), insert.added());
		}
		Step.Remove remove = (Step.Remove) step;
		return remove(node, step.path(), remove.from(), remove.to());
	}

	/**
	 * Something that the tree does not have.
	 *
	 * @param start where it begins
	 * @param kind what it is, for a person
	 * @param text its text
	 */
	record Trivia(int start, String kind, String text) {

		String identity() {
			return this.kind + " " + this.text.strip();
		}

	}

}

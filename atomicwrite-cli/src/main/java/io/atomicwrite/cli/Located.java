package io.atomicwrite.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.atomicwrite.cli.ValuePath.Kind;
import io.atomicwrite.cli.ValuePath.Step;
import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;

/**
 * The place in a tree that a path leads to.
 *
 * @param path keys ({@link String}) and places ({@link Integer})
 * @param present whether there is a value
 * @param value the value, if there is one
 */
record Located(List<Object> path, boolean present, @Nullable Object value) {

	/**
	 * Follows a path to a value that is there, or that is not. A path that leads through
	 * a single value, or takes a map for a list, is wrong.
	 */
	static Located find(@Nullable Object tree, ValuePath path, DataFormat format) {
		return new Walk(path, format, false).from(tree);
	}

	/** Follows a path to where a value is to be, with what is missing on the way. */
	static Located toPut(@Nullable Object tree, ValuePath path, DataFormat format) {
		return new Walk(path, format, true).from(tree);
	}

	static boolean isScalar(@Nullable Object value) {
		return !(value instanceof Map) && !(value instanceof List);
	}

	/** One way through one tree. */
	private static final class Walk {

		private final ValuePath path;

		private final DataFormat format;

		private final boolean puts;

		private final List<Object> way = new ArrayList<>();

		private int next;

		private boolean present = true;

		private @Nullable Object node;

		Walk(ValuePath path, DataFormat format, boolean puts) {
			this.path = path;
			this.format = format;
			this.puts = puts;
		}

		Located from(@Nullable Object tree) {
			this.node = tree;
			while (this.next < this.path.steps().size()) {
				Step step = this.path.steps().get(this.next++);
				if (this.node == null) {
					missing(step);
				}
				else if (this.node instanceof Map) {
					intoMap(step, Trees.map(this.node));
				}
				else if (this.node instanceof List) {
					intoList(step.inList(), Trees.list(this.node));
				}
				else {
					throw wrong("leads through a single value, which has nothing below it");
				}
			}
			return new Located(List.copyOf(this.way), this.present, this.node);
		}

		private void missing(Step step) {
			boolean first = step.kind() == Kind.APPEND || (step.kind() == Kind.PLACE && step.place() == 0);
			if (!first && step.kind() == Kind.PLACE && this.puts) {
				throw wrong("asks for an element of a list that does not exist; [+] begins one");
			}
			this.way.add(first ? (Object) 0 : step.key());
			this.present = false;
		}

		private void intoMap(Step step, Map<String, @Nullable Object> map) {
			String key = step.key();
			if (step.kind() == Kind.APPEND || (step.kind() == Kind.PLACE && this.format != DataFormat.PROPERTIES)) {
				throw wrong("takes a map for a list");
			}
			// a key of properties may have a value and be the begin of other keys
			while (this.format == DataFormat.PROPERTIES && this.next < this.path.steps().size() && map.containsKey(key)
					&& isScalar(map.get(key))) {
				key = joined(key, this.path.steps().get(this.next++));
			}
			this.way.add(key);
			this.present = map.containsKey(key);
			this.node = map.get(key);
		}

		private static String joined(String key, Step step) {
			boolean plain = step.kind() != Kind.PLACE && !step.key().isEmpty() && step.key().indexOf('.') < 0
					&& step.key().indexOf('[') < 0;
			return plain ? key + "." + step.key() : key + "[" + step.key() + "]";
		}

		private void intoList(Step step, List<@Nullable Object> list) {
			if (step.kind() == Kind.KEY) {
				throw wrong("takes a list for a map; name an element of it, as in [0]");
			}
			int place = list.size();
			if (step.kind() == Kind.PLACE) {
				place = (step.place() < 0) ? list.size() + step.place() : step.place();
				if (place < 0 || place >= list.size()) {
					if (this.puts) {
						throw beyond(list.size());
					}
					place = list.size();
				}
			}
			this.way.add(place);
			this.present = place < list.size();
			this.node = this.present ? list.get(place) : null;
		}

		private Failure beyond(int size) {
			return Failure.of("", "the path " + this.path.text() + " leads beyond a list of " + size
					+ ((size == 1) ? " element" : " elements"), "[+] adds an element behind the last");
		}

		private Failure wrong(String what) {
			return Failure.of("", "the path " + this.path.text() + " " + what,
					"see what is there with atomic-write get");
		}

	}

}

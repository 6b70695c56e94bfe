package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.atomicwrite.format.syntax.Node.Child;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done next so that a node becomes a tree.
 */
final class Steps {

	private Steps() {
	}

	/**
	 * Returns the tree that a node has once those of its scalars have changed that can be
	 * changed in place; asks for the splices meanwhile.
	 */
	static @Nullable Object inPlace(Node node, @Nullable Object wanted, Place place) {
		Object now = node.tree();
		if (node.isAlias() || Trees.equal(now, wanted)) {
			return now;
		}
		if (node.isScalar() && !(wanted instanceof Map) && !(wanted instanceof List)) {
			return place.set(node, wanted) ? wanted : now;
		}
		if (node.isMap() && wanted instanceof Map) {
			Map<String, @Nullable Object> changed = new LinkedHashMap<>(
					Trees.map(java.util.Objects.requireNonNull(now)));
			for (Child child : node.children()) {
				if (!child.merged() && Trees.map(wanted).containsKey(child.key())) {
					changed.put(child.key(), inPlace(child.node(), Trees.map(wanted).get(child.key()), place));
				}
			}
			return changed;
		}
		if (now instanceof List<?> && wanted instanceof List) {
			List<@Nullable Object> changed = new ArrayList<>(Trees.list(now));
			for (Alignment.Pair pair : Alignment.of(Trees.list(now), Trees.list(wanted))) {
				if (pair.isKept()) {
					changed.set(pair.before(), inPlace(node.children().get(pair.before()).node(),
							Trees.list(wanted).get(pair.after()), place));
				}
			}
			return changed;
		}
		return now;
	}

	/** Returns the first step, or {@code null} if the node has the tree. */
	static @Nullable Step first(Node node, @Nullable Object wanted, List<Object> path) {
		Object now = node.tree();
		if (Trees.equal(now, wanted)) {
			return null;
		}
		if (!node.isAlias() && now != null && node.isMap() && wanted instanceof Map) {
			return firstOfMap(node, Trees.map(wanted), path);
		}
		if (!node.isAlias() && now instanceof List<?> && wanted instanceof List) {
			return firstOfList(node, Trees.list(wanted), path);
		}
		return new Step.Replace(path, wanted);
	}

	private static @Nullable Step firstOfMap(Node node, Map<String, @Nullable Object> wanted, List<Object> path) {
		for (Child child : node.children()) {
			if (wanted.containsKey(child.key())) {
				Step step = first(child.node(), wanted.get(child.key()), with(path, child.key()));
				if (step != null) {
					return step;
				}
			}
		}
		Step insert = insert(node, wanted, path);
		if (insert != null) {
			return insert;
		}
		return remove(node, path, (place) -> !wanted.containsKey(node.children().get(place).key()));
	}

	private static @Nullable Step insert(Node node, Map<String, @Nullable Object> wanted, List<Object> path) {
		Map<String, Integer> places = new LinkedHashMap<>();
		for (Child child : node.children()) {
			places.put(child.key(), places.size());
		}
		List<Map.Entry<String, @Nullable Object>> added = new ArrayList<>();
		int index = places.size();
		for (Map.Entry<String, @Nullable Object> entry : wanted.entrySet()) {
			Integer place = places.get(entry.getKey());
			if (place == null) {
				added.add(new java.util.AbstractMap.SimpleImmutableEntry<>(entry));
			}
			else if (!added.isEmpty()) {
				break;
			}
			else {
				index = place + 1;
			}
		}
		return added.isEmpty() ? null : new Step.Insert(path, index, added);
	}

	private static @Nullable Step remove(Node node, List<Object> path, Function<Integer, Boolean> unwanted) {
		for (int from = 0; from < node.children().size(); from++) {
			if (unwanted.apply(from)) {
				int to = from + 1;
				while (to < node.children().size() && unwanted.apply(to)) {
					to++;
				}
				return new Step.Remove(path, from, to);
			}
		}
		return null;
	}

	private static @Nullable Step firstOfList(Node node, List<@Nullable Object> wanted, List<Object> path) {
		List<Alignment.Pair> pairs = Alignment.of(Trees.list(java.util.Objects.requireNonNull(node.tree())), wanted);
		for (Alignment.Pair pair : pairs) {
			if (pair.isKept()) {
				Step step = first(node.children().get(pair.before()).node(), wanted.get(pair.after()),
						with(path, pair.before()));
				if (step != null) {
					return step;
				}
			}
		}
		int index = 0;
		List<Map.Entry<String, @Nullable Object>> added = new ArrayList<>();
		java.util.Set<Integer> removed = new java.util.HashSet<>();
		for (Alignment.Pair pair : pairs) {
			if (pair.isAdded()) {
				added.add(new java.util.AbstractMap.SimpleImmutableEntry<>("", wanted.get(pair.after())));
			}
			else if (!added.isEmpty()) {
				break;
			}
			else {
				index = pair.before() + 1;
			}
		}
		if (!added.isEmpty()) {
			return new Step.Insert(path, index, added);
		}
		pairs.stream().filter(Alignment.Pair::isRemoved).forEach((pair) -> removed.add(pair.before()));
		return remove(node, path, removed::contains);
	}

	private static List<Object> with(List<Object> path, Object step) {
		List<Object> longer = new ArrayList<>(path);
		longer.add(step);
		return longer;
	}

	/** Sets scalars in place. */
	@FunctionalInterface
	interface Place {

		/** Returns whether the scalar can be set where it stands. */
		boolean set(Node node, @Nullable Object value);

	}

}

package io.atomicwrite.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;

/**
 * Puts trees beneath or over each other. Lists are leaves; a key that is there counts, be
 * it {@code null}. No tree is changed.
 */
final class Layers {

	private Layers() {
	}

	/** Returns a tree with what it lacks of the other, at the end of its maps. */
	static @Nullable Object beneath(@Nullable Object tree, @Nullable Object defaults) {
		if (!(tree instanceof Map<?, ?> map) || !(defaults instanceof Map<?, ?> other)) {
			return tree;
		}
		Map<Object, @Nullable Object> merged = new LinkedHashMap<>(map);
		other.forEach((key, value) -> {
			if (merged.containsKey(key)) {
				merged.put(key, beneath(merged.get(key), value));
			}
			else {
				merged.put(key, value);
			}
		});
		return merged;
	}

	/** Returns a tree without what it has alike in the defaults, and the file has not. */
	static @Nullable Object beyond(@Nullable Object tree, @Nullable Object file, @Nullable Object defaults) {
		if (!(tree instanceof Map<?, ?> map) || !(defaults instanceof Map<?, ?> other)) {
			return tree;
		}
		Map<?, ?> present = (file instanceof Map<?, ?> found) ? found : Map.of();
		Map<Object, @Nullable Object> rest = new LinkedHashMap<>();
		map.forEach((key, value) -> {
			if (!other.containsKey(key)) {
				rest.put(key, value);
			}
			else if (present.containsKey(key) || !Trees.equal(value, other.get(key))) {
				rest.put(key, beyond(value, present.get(key), other.get(key)));
			}
		});
		return rest;
	}

	/** Returns a tree with the value that another has at a path, where there are maps. */
	static @Nullable Object with(@Nullable Object tree, @Nullable Object other, List<Object> path) {
		if (path.isEmpty()) {
			return other;
		}
		Object step = path.get(0);
		List<Object> rest = path.subList(1, path.size());
		if (tree instanceof Map<?, ?> map && other instanceof Map<?, ?> source
				&& (rest.isEmpty() || map.containsKey(step))) {
			Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
			copy.put(step, with(copy.get(step), source.get(step), rest));
			return copy;
		}
		return tree;
	}

	/** Returns a tree whose lists are in an order of their own, as sets have none. */
	static @Nullable Object unordered(@Nullable Object tree) {
		if (tree instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> copy = new TreeMap<>();
			map.forEach((key, value) -> copy.put(key, unordered(value)));
			return copy;
		}
		if (tree instanceof List<?> list) {
			List<@Nullable Object> copy = new ArrayList<>();
			list.forEach((value) -> copy.add(unordered(value)));
			copy.sort(Comparator.comparing(String::valueOf));
			return copy;
		}
		return tree;
	}

	/** Returns a tree with all of another put over it; what it has beyond that stays. */
	static @Nullable Object over(@Nullable Object tree, @Nullable Object top) {
		if (!(tree instanceof Map<?, ?> map) || !(top instanceof Map<?, ?> other)) {
			return top;
		}
		Map<Object, @Nullable Object> merged = new LinkedHashMap<>(map);
		other.forEach((key, value) -> merged.put(key, over(merged.get(key), value)));
		return merged;
	}

}

package io.atomicwrite.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;

/**
 * One change of a tree of maps, lists and scalars.
 *
 * @param path keys ({@link String}) and places ({@link Integer}); maps and lists that are
 * missing on the way come into being
 * @param removes whether the value goes
 * @param value the new value, if it does not go
 */
record TreeChange(List<Object> path, boolean removes, @Nullable Object value) {

	static TreeChange put(List<Object> path, @Nullable Object value) {
		return new TreeChange(path, false, value);
	}

	static TreeChange remove(List<Object> path) {
		return new TreeChange(path, true, null);
	}

	/** Returns the changed tree; the given one is not changed. */
	@Nullable Object apply(@Nullable Object tree) {
		return apply(tree, 0);
	}

	private @Nullable Object apply(@Nullable Object tree, int depth) {
		if (depth == this.path.size()) {
			return this.value;
		}
		boolean last = this.removes && depth == this.path.size() - 1;
		if (this.path.get(depth) instanceof Integer place) {
			List<@Nullable Object> list = (tree != null) ? new ArrayList<>(Trees.list(tree)) : new ArrayList<>();
			if (last) {
				list.remove(place.intValue());
			}
			else if (place == list.size()) {
				list.add(apply(null, depth + 1));
			}
			else {
				list.set(place, apply(list.get(place), depth + 1));
			}
			return list;
		}
		String key = (String) this.path.get(depth);
		Map<String, @Nullable Object> map = (tree != null) ? new LinkedHashMap<>(Trees.map(tree))
				: new LinkedHashMap<>();
		if (last) {
			map.remove(key);
		}
		else {
			map.put(key, apply(map.get(key), depth + 1));
		}
		return map;
	}

}

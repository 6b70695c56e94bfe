package io.atomicwrite.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;

/**
 * A merge patch (RFC 7386): maps are merged, {@code null} removes, all else takes the
 * place of what is there.
 */
final class MergePatch implements TreeEdit {

	private final Map<String, @Nullable Object> patch;

	MergePatch(@Nullable Object patch) {
		if (!(patch instanceof Map)) {
			throw Failure.of("", "the patch is no map, and would take the place of the whole file",
					"write the file itself to replace it");
		}
		this.patch = Trees.map(patch);
	}

	@Override
	public List<TreeChange> changes(@Nullable Object tree) {
		if (tree != null && !(tree instanceof Map)) {
			throw Failure.of("", "holds no map, so a patch has nothing to merge with",
					"write the file itself to replace it");
		}
		List<TreeChange> changes = new ArrayList<>();
		merge(List.of(), tree, this.patch, changes);
		return changes;
	}

	private static void merge(List<Object> path, @Nullable Object target, Map<String, @Nullable Object> patch,
			List<TreeChange> changes) {
		for (Map.Entry<String, @Nullable Object> entry : patch.entrySet()) {
			List<Object> place = new ArrayList<>(path);
			place.add(entry.getKey());
			Object old = (target != null) ? Trees.map(target).get(entry.getKey()) : null;
			Object value = entry.getValue();
			if (value == null) {
				if (target != null && Trees.map(target).containsKey(entry.getKey())) {
					changes.add(TreeChange.remove(place));
				}
			}
			else if (value instanceof Map) {
				if (!(old instanceof Map)) {
					changes.add(TreeChange.put(place, Map.of()));
				}
				merge(place, (old instanceof Map) ? old : null, Trees.map(value), changes);
			}
			else {
				changes.add(TreeChange.put(place, value));
			}
		}
	}

}

package io.atomicwrite.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The fields whose values are never shown. Immutable and thread-safe.
 */
final class Secrets {

	static final String MASK = "***";

	private final List<List<Object>> patterns;

	Secrets(List<String> pointers) {
		this.patterns = pointers.stream().map((pointer) -> FieldPath.parse(pointer).steps()).toList();
	}

	/** Whether a field, or one that it is in, is a secret. */
	boolean covers(FieldPath path) {
		return this.patterns.stream().anyMatch((pattern) -> matches(pattern, path.steps()));
	}

	private static boolean matches(List<Object> pattern, List<Object> path) {
		if (pattern.size() > path.size()) {
			return false;
		}
		for (int i = 0; i < pattern.size(); i++) {
			if (!pattern.get(i).equals("*") && !pattern.get(i).equals(String.valueOf(path.get(i)))) {
				return false;
			}
		}
		return true;
	}

	/** Returns what may be shown of a value. */
	@Nullable Object masked(FieldPath path, @Nullable Object tree) {
		if (tree == null) {
			return null;
		}
		if (tree instanceof WholeContent || covers(path)) {
			return MASK;
		}
		if (tree instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
			map.forEach((key, child) -> copy.put(key, masked(path.with(key), child)));
			return copy;
		}
		if (tree instanceof List<?> list) {
			List<@Nullable Object> copy = new ArrayList<>();
			for (Object child : list) {
				copy.add(masked(path.with(copy.size()), child));
			}
			return copy;
		}
		return tree;
	}

}

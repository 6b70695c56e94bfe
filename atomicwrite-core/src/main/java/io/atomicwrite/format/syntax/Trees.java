package io.atomicwrite.format.syntax;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What can be done with trees of maps, lists and scalars, as
 * {@link io.atomicwrite.format.EditableFormat} describes them. No tree is changed.
 */
public final class Trees {

	private Trees() {
	}

	/**
	 * Compares two trees. The order of keys does not count, and {@code 1.10} equals
	 * {@code 1.1} but neither {@code "1.1"} nor, being no integer, {@code 1}.
	 * @param one a tree
	 * @param other a tree
	 * @return whether they stand for the same
	 */
	public static boolean equal(@Nullable Object one, @Nullable Object other) {
		if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
			return map.size() == otherMap.size() && map.entrySet()
				.stream()
				.allMatch((entry) -> otherMap.containsKey(entry.getKey())
						&& equal(entry.getValue(), otherMap.get(entry.getKey())));
		}
		if (one instanceof List<?> list && other instanceof List<?> otherList) {
			for (int i = 0; i < list.size() && i < otherList.size(); i++) {
				if (!equal(list.get(i), otherList.get(i))) {
					return false;
				}
			}
			return list.size() == otherList.size();
		}
		if (one instanceof BigDecimal number && other instanceof BigDecimal otherNumber) {
			return number.compareTo(otherNumber) == 0;
		}
		return Objects.equals(one, other);
	}

	/**
	 * Returns a tree of the types that a tree has: numbers of other types become
	 * {@link BigInteger} or {@link BigDecimal}, keys become texts.
	 * @param value maps, lists and scalars
	 * @return the tree, a copy
	 * @throws IllegalArgumentException if there is anything else in it
	 */
	public static @Nullable Object canonical(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> copy = new LinkedHashMap<>();
			map.forEach((key, child) -> copy.put(String.valueOf(key), canonical(child)));
			return copy;
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> copy = new ArrayList<>(list.size());
			list.forEach((child) -> copy.add(canonical(child)));
			return copy;
		}
		if (value instanceof Number number) {
			return canonicalNumber(number);
		}
		if (value == null || value instanceof String || value instanceof Boolean || value instanceof Reference) {
			return value;
		}
		throw new IllegalArgumentException("a tree has no " + value.getClass().getName());
	}

	private static Number canonicalNumber(Number number) {
		if (number instanceof BigInteger || number instanceof BigDecimal) {
			return number;
		}
		if (number instanceof Double || number instanceof Float) {
			double value = number.doubleValue();
			return (Double.isNaN(value) || Double.isInfinite(value)) ? (Number) value
					: new BigDecimal(number.toString());
		}
		return new BigInteger(number.toString());
	}

	/**
	 * Applies the difference of two trees to a third, as that of a value before and after
	 * a change to the file that the value was read from. What neither of the two has
	 * stays.
	 * @param raw the tree that is to be changed
	 * @param before the tree before the change
	 * @param after the tree after the change
	 * @return the changed tree
	 */
	public static @Nullable Object patch(@Nullable Object raw, @Nullable Object before, @Nullable Object after) {
		if (equal(before, after)) {
			return raw;
		}
		if (raw instanceof Map<?, ?> && before instanceof Map<?, ?> && after instanceof Map<?, ?>) {
			return patchMap(map(raw), map(before), map(after));
		}
		if (raw instanceof List<?> && before instanceof List<?> && after instanceof List<?>
				&& list(raw).size() == list(before).size()) {
			return patchList(list(raw), list(before), list(after));
		}
		return after;
	}

	private static Map<String, @Nullable Object> patchMap(Map<String, @Nullable Object> raw,
			Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
		Map<String, @Nullable Object> patched = new LinkedHashMap<>(raw);
		before.keySet().stream().filter((key) -> !after.containsKey(key)).forEach(patched::remove);
		String previous = null;
		for (Map.Entry<String, @Nullable Object> entry : after.entrySet()) {
			String key = entry.getKey();
			boolean changed = !before.containsKey(key) || !equal(before.get(key), entry.getValue());
			if (raw.containsKey(key) && before.containsKey(key)) {
				patched.put(key, patch(raw.get(key), before.get(key), entry.getValue()));
			}
			else if (raw.containsKey(key)) {
				patched.put(key, entry.getValue());
			}
			else if (changed) {
				patched = putAfter(patched, previous, key, entry.getValue());
			}
			if (patched.containsKey(key)) {
				previous = key;
			}
		}
		return patched;
	}

	private static Map<String, @Nullable Object> putAfter(Map<String, @Nullable Object> map, @Nullable String previous,
			String key, @Nullable Object value) {
		if (previous == null) {
			map.put(key, value);
			return map;
		}
		Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
		map.forEach((known, child) -> {
			ordered.put(known, child);
			if (known.equals(previous)) {
				ordered.put(key, value);
			}
		});
		return ordered;
	}

	private static List<@Nullable Object> patchList(List<@Nullable Object> raw, List<@Nullable Object> before,
			List<@Nullable Object> after) {
		if (!equal(raw, before) && raw.stream().noneMatch((it) -> it instanceof Map || it instanceof List)) {
			return patchScalars(raw, before, after);
		}
		List<@Nullable Object> patched = new ArrayList<>();
		for (Alignment.Pair pair : Alignment.of(before, after)) {
			if (pair.isKept()) {
				patched.add(patch(raw.get(pair.before()), before.get(pair.before()), after.get(pair.after())));
			}
			else if (pair.isAdded()) {
				patched.add(after.get(pair.after()));
			}
		}
		return patched;
	}

	/**
	 * Of scalars that the type has in another order, as a set has, each goes or stays for
	 * itself.
	 */
	private static List<@Nullable Object> patchScalars(List<@Nullable Object> raw, List<@Nullable Object> before,
			List<@Nullable Object> after) {
		List<@Nullable Object> added = new ArrayList<>(after);
		List<@Nullable Object> removed = new ArrayList<>();
		for (Object element : before) {
			if (!removeOne(added, element)) {
				removed.add(element);
			}
		}
		List<@Nullable Object> patched = new ArrayList<>(raw);
		for (Object element : removed) {
			if (!removeOne(patched, element)) {
				return after;
			}
		}
		patched.addAll(added);
		return patched;
	}

	private static boolean removeOne(List<@Nullable Object> list, @Nullable Object element) {
		for (int i = 0; i < list.size(); i++) {
			if (equal(list.get(i), element)) {
				list.remove(i);
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns a tree without the value at a path.
	 * @param tree the tree, which is not changed
	 * @param path keys and places in lists, at least one; the last is a key
	 * @return the tree without it, or the tree itself if it is not there
	 */
	public static @Nullable Object without(@Nullable Object tree, List<Object> path) {
		Object step = path.get(0);
		List<Object> rest = path.subList(1, path.size());
		if (tree instanceof Map<?, ?> map && map.containsKey(step)) {
			Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
			if (rest.isEmpty()) {
				copy.remove(step);
			}
			else {
				copy.put(step, without(copy.get(step), rest));
			}
			return copy;
		}
		if (tree instanceof List<?> list && step instanceof Integer place && !rest.isEmpty()) {
			List<@Nullable Object> copy = new ArrayList<>(list);
			copy.set(place, without(copy.get(place), rest));
			return copy;
		}
		return tree;
	}

	/**
	 * Returns a tree as the map that it is.
	 * @param tree a tree that is a map
	 * @return the same object
	 */
	@SuppressWarnings("unchecked")
	public static Map<String, @Nullable Object> map(Object tree) {
		return (Map<String, @Nullable Object>) tree;
	}

	/**
	 * Returns a tree as the list that it is.
	 * @param tree a tree that is a list
	 * @return the same object
	 */
	@SuppressWarnings("unchecked")
	public static List<@Nullable Object> list(Object tree) {
		return (List<@Nullable Object>) tree;
	}

}

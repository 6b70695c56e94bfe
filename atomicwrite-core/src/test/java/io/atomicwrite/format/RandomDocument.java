package io.atomicwrite.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * A random tree in which each key and nearly each scalar is there once, and random
 * changes of it.
 */
final class RandomDocument {

	private static final String[] TEXTS = { "t%d", "t%d: x", "t%d # y", "it's t%d", "a \"t%d\"", "grün 𝄞 t%d", " t%d ",
			"t%d\nsecond line\n", "- t%d", "[t%d", "true%d", "0x1F%d", "t%d\\n", "*t%d", "!t%d=,;" };

	private final Random random;

	private final boolean nothing;

	private final boolean textsAlone;

	private int next = 1;

	/**
	 * Creates a generator.
	 * @param random what is random
	 * @param nothing whether there may be {@code null}
	 * @param textsAlone whether all scalars are texts
	 */
	RandomDocument(Random random, boolean nothing, boolean textsAlone) {
		this.random = random;
		this.nothing = nothing;
		this.textsAlone = textsAlone;
	}

	Map<String, @Nullable Object> map(int depth) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		int size = 1 + this.random.nextInt(4);
		for (int i = 0; i < size; i++) {
			map.put(key(), value(depth - 1));
		}
		return map;
	}

	String key() {
		int number = this.next++;
		return (this.random.nextInt(8) == 0) ? "key-" + number : "k" + number;
	}

	@Nullable Object value(int depth) {
		int kind = this.random.nextInt(10);
		if (depth > 0 && kind < 3) {
			return map(depth);
		}
		if (depth > 0 && kind < 5) {
			List<@Nullable Object> list = new ArrayList<>();
			int size = 1 + this.random.nextInt(3);
			for (int i = 0; i < size; i++) {
				list.add(value(depth - 1));
			}
			return list;
		}
		return scalar();
	}

	@Nullable Object scalar() {
		int number = this.next++;
		int kind = this.textsAlone ? 9 : this.random.nextInt(10);
		return switch (kind) {
			case 0 -> this.random.nextBoolean();
			case 1 -> this.nothing ? null : (Object) BigInteger.valueOf(number);
			case 2, 3 -> BigInteger.valueOf(1_000_000L + number);
			case 4 -> new BigDecimal(number + ".50");
			default -> String.format(TEXTS[this.random.nextInt(TEXTS.length)], number);
		};
	}

	/** Changes one value, adds or removes one. */
	Change change(Map<String, @Nullable Object> tree) {
		List<List<Object>> paths = new ArrayList<>();
		collect(tree, List.of(), paths);
		List<Object> path = paths.get(this.random.nextInt(paths.size()));
		Object value = at(tree, path);
		if (value instanceof Map || value instanceof List) {
			switch (this.random.nextInt(path.isEmpty() ? 1 : 3)) {
				case 0 -> {
					add(value);
					return new Change(Kind.ADD, path);
				}
				case 1 -> {
					put(tree, path, value(2));
					return new Change(Kind.REPLACE, path);
				}
				default -> {
				}
			}
		}
		else if (this.random.nextInt(3) > 0) {
			put(tree, path, scalar());
			return new Change(Kind.SET, path);
		}
		remove(tree, path);
		return new Change(Kind.REMOVE, path);
	}

	@SuppressWarnings("unchecked")
	private void add(Object container) {
		if (container instanceof Map) {
			((Map<String, @Nullable Object>) container).put(key(), value(2));
		}
		else {
			((List<@Nullable Object>) container).add(value(2));
		}
	}

	private static void collect(@Nullable Object value, List<Object> path, List<List<Object>> paths) {
		paths.add(path);
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, child) -> collect(child, with(path, key), paths));
		}
		if (value instanceof List<?> list) {
			for (int i = 0; i < list.size(); i++) {
				collect(list.get(i), with(path, i), paths);
			}
		}
	}

	static List<Object> with(List<Object> path, Object step) {
		List<Object> longer = new ArrayList<>(path);
		longer.add(step);
		return longer;
	}

	static @Nullable Object at(@Nullable Object tree, List<Object> path) {
		Object value = tree;
		for (Object step : path) {
			value = (value instanceof Map<?, ?> map) ? map.get(step) : ((List<?>) value).get((Integer) step);
		}
		return value;
	}

	@SuppressWarnings("unchecked")
	private static void put(Object tree, List<Object> path, @Nullable Object value) {
		Object parent = at(tree, path.subList(0, path.size() - 1));
		Object last = path.get(path.size() - 1);
		if (parent instanceof Map) {
			((Map<Object, @Nullable Object>) parent).put(last, value);
		}
		else {
			((List<@Nullable Object>) parent).set((Integer) last, value);
		}
	}

	private static void remove(Object tree, List<Object> path) {
		Object parent = at(tree, path.subList(0, path.size() - 1));
		Object last = path.get(path.size() - 1);
		if (parent instanceof Map<?, ?> map) {
			map.remove(last);
		}
		else {
			((List<?>) parent).remove((int) (Integer) last);
		}
	}

	/** The kinds of change. */
	enum Kind {

		SET, ADD, REMOVE, REPLACE

	}

	/**
	 * A change.
	 *
	 * @param kind what was done
	 * @param path where: what was set, removed or replaced, or what was added to
	 */
	record Change(Kind kind, List<Object> path) {
	}

}

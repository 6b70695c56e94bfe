package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One change of a tree that is not the change of a scalar.
 */
sealed interface Step {

	/** The keys and places that lead to the node that changes. */
	List<Object> path();

	/** What the node holds after the step. */
	@Nullable Object result(@Nullable Object before);

	/**
	 * Puts another value in the place of one.
	 *
	 * @param path the path of the value
	 * @param value the new value
	 */
	record Replace(List<Object> path, @Nullable Object value) implements Step {

		@Override
		public @Nullable Object result(@Nullable Object before) {
			return this.value;
		}

	}

	/**
	 * Adds to a map or a list.
	 *
	 * @param path the path of the map or list
	 * @param index the place of the first one
	 * @param added keys and values; the keys mean nothing in a list
	 */
	record Insert(List<Object> path, int index, List<Map.Entry<String, @Nullable Object>> added) implements Step {

		@Override
		public Object result(@Nullable Object before) {
			if (before instanceof List<?> elements) {
				List<@Nullable Object> list = new ArrayList<>(elements);
				List<@Nullable Object> values = new ArrayList<>();
				this.added.forEach((entry) -> values.add(entry.getValue()));
				list.addAll(this.index, values);
				return list;
			}
			Map<String, @Nullable Object> map = new LinkedHashMap<>(
					Trees.map((before != null) ? before : new LinkedHashMap<>()));
			this.added.forEach((entry) -> map.put(entry.getKey(), entry.getValue()));
			return map;
		}

	}

	/**
	 * Removes from a map or a list.
	 *
	 * @param path the path of the map or list
	 * @param from the first place
	 * @param to the place after the last one
	 */
	record Remove(List<Object> path, int from, int to) implements Step {

		@Override
		public Object result(@Nullable Object before) {
			if (before instanceof List<?> elements) {
				List<@Nullable Object> list = new ArrayList<>(elements);
				list.subList(this.from, this.to).clear();
				return list;
			}
			Map<String, @Nullable Object> map = new LinkedHashMap<>();
			int place = 0;
			for (Map.Entry<String, @Nullable Object> entry : Trees
				.map((before != null) ? before : new LinkedHashMap<>())
				.entrySet()) {
				if (place < this.from || place >= this.to) {
					map.put(entry.getKey(), entry.getValue());
				}
				place++;
			}
			return map;
		}

	}

}

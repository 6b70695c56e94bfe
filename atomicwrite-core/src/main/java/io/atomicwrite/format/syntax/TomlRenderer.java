package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes TOML: values in lines, and tables below headers.
 *
 * @param separator the line end
 */
record TomlRenderer(String separator) {

	/** Whether a value gets headers rather than a line. */
	static boolean isTable(@Nullable Object value) {
		return (value instanceof Map<?, ?> map && !map.isEmpty()) || isTables(value);
	}

	static boolean isTables(@Nullable Object value) {
		return value instanceof List<?> list && !list.isEmpty()
				&& list.stream().allMatch((element) -> element instanceof Map<?, ?> map && !map.isEmpty());
	}

	/** The lines of a table and of what is below it, without its own header. */
	String table(List<Object> path, Map<String, @Nullable Object> table) {
		StringBuilder out = new StringBuilder();
		table.forEach((key, value) -> {
			if (!isTable(value)) {
				out.append(line(TomlScalars.key(key), value)).append(this.separator);
			}
		});
		table.forEach((key, value) -> {
			if (isTable(value)) {
				List<Object> inner = new ArrayList<>(path);
				inner.add(key);
				out.append(out.isEmpty() ? "" : this.separator).append(section(inner, value));
			}
		});
		return out.toString();
	}

	/** The headers and lines of a table, or of an array of tables. */
	String section(List<Object> path, @Nullable Object value) {
		if (value instanceof List) {
			List<String> elements = new ArrayList<>();
			Trees.list(value).forEach((element) -> elements.add(element(path, element)));
			return String.join(this.separator, elements);
		}
		return "[" + dotted(path) + "]" + this.separator
				+ table(path, Trees.map(java.util.Objects.requireNonNull(value)));
	}

	String element(List<Object> path, @Nullable Object table) {
		return "[[" + dotted(path) + "]]" + this.separator
				+ table(path, Trees.map(java.util.Objects.requireNonNull(table)));
	}

	String line(String key, @Nullable Object value) {
		return key + " = " + inline(value);
	}

	/** A key with the places of elements left out, as headers have it. */
	static String dotted(List<Object> path) {
		List<String> parts = new ArrayList<>();
		for (Object part : path) {
			if (part instanceof String key) {
				parts.add(TomlScalars.key(key));
			}
		}
		return String.join(".", parts);
	}

	String inline(@Nullable Object value) {
		List<String> parts = new ArrayList<>();
		if (value instanceof Map<?, ?> map) {
			Trees.map(map).forEach((key, child) -> parts.add(line(TomlScalars.key(key), child)));
			return parts.isEmpty() ? "{}" : "{ " + String.join(", ", parts) + " }";
		}
		if (value instanceof List<?> list) {
			list.forEach((element) -> parts.add(inline(element)));
			return "[" + String.join(", ", parts) + "]";
		}
		return TomlScalars.render(value);
	}

}

package io.atomicwrite.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.atomicwrite.format.jackson.JacksonTomlFormat;
import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * Minimal edits of TOML: tables, arrays of tables, dotted keys and what is inline.
 */
class TomlEditProperties extends MinimalEdits {

	private static final TomlMapper OTHER = TomlMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	TomlEditProperties() {
		super(new JacksonTomlFormat(), false, false);
	}

	@Override
	WrittenDocument write(Map<String, @Nullable Object> tree, Random random) {
		Writer writer = new Writer(new WrittenDocument(random));
		writer.table(tree, List.of(), "");
		return writer.document;
	}

	@Override
	@Nullable Object readOtherwise(byte[] content, @Nullable Object expected) {
		String text = new String(content, StandardCharsets.UTF_8);
		// a line end within a text is as the parser likes, says the specification
		String lines = text.replace("\ufeff", "").replace("\r\n", "\n");
		return Trees.canonical(OTHER.readValue(lines, Object.class));
	}

	@Override
	boolean touchesNeighbours() {
		return false;
	}

	/** Writes TOML in many styles. */
	private static final class Writer {

		private final WrittenDocument document;

		private final Random random;

		Writer(WrittenDocument document) {
			this.document = document;
			this.random = document.random();
		}

		private boolean isTable(@Nullable Object value) {
			return (value instanceof Map<?, ?> map && !map.isEmpty()) || isTables(value);
		}

		private boolean isTables(@Nullable Object value) {
			return value instanceof List<?> list && !list.isEmpty()
					&& list.stream().allMatch((it) -> it instanceof Map<?, ?> map && !map.isEmpty());
		}

		void table(Map<String, @Nullable Object> table, List<Object> path, String name) {
			int from = Math.max(0, this.document.count() - 1);
			Map<String, @Nullable Object> tables = new java.util.LinkedHashMap<>();
			table.forEach((key, value) -> {
				if (isTable(value) && this.random.nextInt(3) > 0) {
					tables.put(key, value);
				}
				else if (value instanceof Map<?, ?> map && !map.isEmpty() && this.random.nextInt(3) == 0) {
					dotted(map, RandomDocument.with(path, key), key);
				}
				else {
					line(key, value, RandomDocument.with(path, key));
				}
			});
			tables.forEach((key, value) -> {
				String full = name.isEmpty() ? key : name + "." + key;
				int start = this.document.count();
				if (value instanceof Map) {
					this.document.line("[" + full + "]" + this.document.comment(" #"), "#", "");
					table(cast(value), RandomDocument.with(path, key), full);
				}
				else {
					elements((List<?>) java.util.Objects.requireNonNull(value), RandomDocument.with(path, key), full);
				}
				this.document.range(RandomDocument.with(path, key), start, this.document.count() - 1);
			});
			this.document.range(path, from, Math.max(0, this.document.count() - 1));
		}

		private void elements(List<?> list, List<Object> path, String full) {
			for (int i = 0; i < list.size(); i++) {
				List<Object> element = RandomDocument.with(path, i);
				this.document.line("[[" + full + "]]" + this.document.comment(" #"), "#", "");
				table(cast(list.get(i)), element, full);
			}
		}

		@SuppressWarnings("unchecked")
		private static Map<String, @Nullable Object> cast(@Nullable Object value) {
			return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(value);
		}

		private void dotted(Map<?, ?> map, List<Object> path, String name) {
			int from = this.document.count();
			map.forEach((key, value) -> line(name + "." + key, value, RandomDocument.with(path, key)));
			this.document.range(path, from, this.document.count() - 1);
		}

		private void line(String key, @Nullable Object value, List<Object> path) {
			int from = this.document.line(key + List.of(" = ", "=", "  =  ").get(this.random.nextInt(3)), "#", "");
			if (value instanceof String text && text.endsWith("line\n") && this.random.nextBoolean()) {
				this.document.append("\"\"\"");
				text.lines().forEach(this.document::plain);
				this.document.plain("\"\"\"");
			}
			else {
				this.document.append(inline(value, path, path) + this.document.comment(" #"));
			}
			this.document.range(path, from, this.document.count() - 1);
		}

		private String inline(@Nullable Object value, List<Object> path, List<Object> outermost) {
			if (!path.equals(outermost) || value instanceof Map || value instanceof List) {
				this.document.inline(path, outermost);
			}
			List<String> parts = new ArrayList<>();
			if (value instanceof Map<?, ?> map) {
				map.forEach((key, child) -> parts
					.add(key + " = " + inline(child, RandomDocument.with(path, key), outermost)));
				return "{ " + String.join(", ", parts) + " }";
			}
			if (value instanceof List<?> list) {
				for (int i = 0; i < list.size(); i++) {
					parts.add(inline(list.get(i), RandomDocument.with(path, i), outermost));
				}
				return "[" + String.join(", ", parts) + (this.random.nextBoolean() ? "]" : " ]");
			}
			if (!(value instanceof String text)) {
				return String.valueOf(value);
			}
			if (text.indexOf('\'') < 0 && text.indexOf('\n') < 0 && this.random.nextBoolean()) {
				return "'" + text + "'";
			}
			return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
		}

	}

}

package io.atomicwrite.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.atomicwrite.format.jackson.JacksonJsonFormat;
import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Minimal edits of JSON, with and without comments.
 */
class JsonEditProperties extends MinimalEdits {

	private static final JsonMapper OTHER = JsonMapper.builder()
		.enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	JsonEditProperties() {
		super(JacksonJsonFormat.withComments(), true, false);
	}

	@Override
	WrittenDocument write(Map<String, @Nullable Object> tree, Random random) {
		Writer writer = new Writer(new WrittenDocument(random));
		writer.document.plain("");
		writer.value(tree, List.of(), "");
		return writer.document;
	}

	@Override
	@Nullable Object readOtherwise(byte[] content, @Nullable Object expected) {
		return Trees.canonical(OTHER.readValue(content, Object.class));
	}

	@Override
	boolean touchesNeighbours() {
		return true;
	}

	/** Writes JSON in many styles. */
	private static final class Writer {

		private final WrittenDocument document;

		private final String unit;

		private final String colon;

		private final String sign;

		private final boolean trailing;

		Writer(WrittenDocument document) {
			this.document = document;
			Random random = document.random();
			this.unit = List.of("  ", "    ", "\t").get(random.nextInt(3));
			this.colon = List.of(": ", " : ", ":").get(random.nextInt(3));
			this.sign = random.nextBoolean() ? "//" : "";
			this.trailing = !this.sign.isEmpty() && random.nextInt(3) == 0;
		}

		void value(@Nullable Object value, List<Object> path, String indent) {
			int from = this.document.count() - 1;
			boolean container = value instanceof Map || value instanceof List;
			if (container && !path.isEmpty() && this.document.random().nextInt(3) == 0) {
				this.document.append(inline(value, path, path));
			}
			else if (container) {
				block(java.util.Objects.requireNonNull(value), path, indent);
			}
			else {
				this.document.append(scalar(value));
			}
			this.document.range(path, from, this.document.count() - 1);
		}

		private void block(Object value, List<Object> path, String indent) {
			boolean map = value instanceof Map;
			List<Object> steps = steps(value);
			this.document.append(map ? "{" : "[");
			for (int i = 0; i < steps.size(); i++) {
				Object step = steps.get(i);
				List<Object> child = RandomDocument.with(path, step);
				this.document.line(indent + this.unit + (map ? quoted((String) step) + this.colon : ""), this.sign,
						indent + this.unit);
				int from = this.document.count() - 1;
				value(RandomDocument.at(value, List.of(step)), child, indent + this.unit);
				this.document.append((i < steps.size() - 1 || this.trailing) ? "," : "");
				if (!this.sign.isEmpty()) {
					this.document.append(this.document.comment(" //"));
				}
				this.document.range(child, from, this.document.count() - 1);
			}
			this.document.plain(indent + (map ? "}" : "]"));
		}

		private String inline(@Nullable Object value, List<Object> path, List<Object> outermost) {
			this.document.inline(path, outermost);
			if (!(value instanceof Map) && !(value instanceof List)) {
				return scalar(value);
			}
			boolean map = value instanceof Map;
			List<String> parts = new ArrayList<>();
			for (Object step : steps(value)) {
				parts.add((map ? quoted((String) step) + this.colon : "")
						+ inline(RandomDocument.at(value, List.of(step)), RandomDocument.with(path, step), outermost));
			}
			String gap = this.document.random().nextBoolean() ? ", " : ",";
			return map ? "{ " + String.join(gap, parts) + " }" : "[" + String.join(gap, parts) + "]";
		}

		private String scalar(@Nullable Object value) {
			return (value instanceof String text) ? quoted(text) : String.valueOf(value);
		}

		private String quoted(String text) {
			return OTHER.writeValueAsString(text);
		}

	}

	static List<Object> steps(Object value) {
		List<Object> steps = new ArrayList<>();
		if (value instanceof Map<?, ?> map) {
			steps.addAll(map.keySet());
		}
		if (value instanceof List<?> list) {
			for (int i = 0; i < list.size(); i++) {
				steps.add(i);
			}
		}
		return steps;
	}

}

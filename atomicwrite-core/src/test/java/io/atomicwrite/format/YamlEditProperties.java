package io.atomicwrite.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import io.atomicwrite.format.jackson.JacksonYamlFormat;
import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Minimal edits of YAML: block and flow collections, all styles of scalars.
 */
class YamlEditProperties extends MinimalEdits {

	YamlEditProperties() {
		super(new JacksonYamlFormat(), true, false);
	}

	@Override
	WrittenDocument write(Map<String, @Nullable Object> tree, Random random) {
		Writer writer = new Writer(new WrittenDocument(random));
		if (random.nextInt(4) == 0) {
			writer.document.plain("---");
		}
		writer.block(tree, List.of(), "", "");
		return writer.document;
	}

	@Override
	@Nullable Object readOtherwise(byte[] content, @Nullable Object expected) {
		LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
		String text = new String(content, StandardCharsets.UTF_8);
		Object found = new Load(settings).loadFromString(text.startsWith("\ufeff") ? text.substring(1) : text);
		return Trees.canonical(found);
	}

	@Override
	boolean touchesNeighbours() {
		return false;
	}

	/** What follows the first entry of an element of a list moves up behind the dash. */
	@Override
	Set<Integer> beside(WrittenDocument old, Map<String, @Nullable Object> tree, RandomDocument.Change change) {
		int last = change.path().size() - 1;
		if (change.kind() != RandomDocument.Kind.REMOVE || last < 1
				|| !(change.path().get(last - 1) instanceof Integer)) {
			return Set.of();
		}
		List<Object> container = change.path().subList(0, last);
		List<Object> steps = JsonEditProperties
			.steps(java.util.Objects.requireNonNull(RandomDocument.at(tree, container)));
		if (steps.size() < 2 || !steps.get(0).equals(change.path().get(last))) {
			return Set.of();
		}
		Set<Integer> lines = old.lines(RandomDocument.with(container, steps.get(1)));
		Set<Integer> touched = new HashSet<>(old.lines(change.path()));
		// with what is between the two
		int from = java.util.Collections.min(touched);
		for (int line = from; line <= java.util.Collections.min(lines); line++) {
			touched.add(line);
		}
		return touched;
	}

	/** Writes YAML in many styles. */
	private static final class Writer {

		private final WrittenDocument document;

		private final Random random;

		private final String unit;

		private final String listUnit;

		Writer(WrittenDocument document) {
			this.document = document;
			this.random = document.random();
			this.unit = List.of("  ", "    ", " ").get(this.random.nextInt(3));
			this.listUnit = List.of("", this.unit).get(this.random.nextInt(2));
		}

		/** Writes a block whose first line has a begin of its own. */
		void block(Object value, List<Object> path, String indent, String first) {
			boolean map = value instanceof Map;
			List<Object> steps = JsonEditProperties.steps(value);
			int start = this.document.count();
			for (int i = 0; i < steps.size(); i++) {
				Object step = steps.get(i);
				List<Object> child = RandomDocument.with(path, step);
				String begin = map ? key((String) step) + ":" : "-";
				int from;
				if (i == 0 && !first.isEmpty()) {
					this.document.append(begin);
					from = this.document.count() - 1;
				}
				else {
					from = this.document.line(indent + begin, "#", indent);
				}
				child(RandomDocument.at(value, List.of(step)), child, indent, map);
				this.document.range(child, from, this.document.count() - 1);
			}
			this.document.range(path, first.isEmpty() ? start : start - 1, this.document.count() - 1);
		}

		private void child(@Nullable Object value, List<Object> path, String indent, boolean map) {
			boolean container = value instanceof Map || value instanceof List;
			if (container && this.random.nextInt(3) == 0) {
				this.document.append(" " + flow(value, path, path) + this.document.comment(" #"));
			}
			else if (container && !map && this.random.nextBoolean()) {
				this.document.append(" ");
				block(java.util.Objects.requireNonNull(value), path, indent + "  ", " ");
			}
			else if (container) {
				this.document.append(this.document.comment(" #"));
				String more = (value instanceof Map || !map) ? this.unit : this.listUnit;
				block(java.util.Objects.requireNonNull(value), path, indent + more, "");
			}
			else if (value instanceof String text && text.endsWith("line\n") && this.random.nextBoolean()) {
				this.document.needLastLineEnd();
				this.document.append(" |" + this.document.comment(" #"));
				for (String line : text.stripTrailing().split("\n")) {
					this.document.plain(indent + this.unit + line);
				}
			}
			else if (value == null && this.random.nextBoolean()) {
				this.document.append(this.document.comment(" #"));
			}
			else {
				this.document.append(" " + scalar(value, false) + this.document.comment(" #"));
			}
		}

		private String flow(@Nullable Object value, List<Object> path, List<Object> outermost) {
			this.document.inline(path, outermost);
			if (!(value instanceof Map) && !(value instanceof List)) {
				return scalar(value, true);
			}
			boolean map = value instanceof Map;
			List<String> parts = new ArrayList<>();
			for (Object step : JsonEditProperties.steps(value)) {
				parts.add((map ? step + ": " : "")
						+ flow(RandomDocument.at(value, List.of(step)), RandomDocument.with(path, step), outermost));
			}
			return map ? "{" + String.join(", ", parts) + "}" : "[ " + String.join(", ", parts) + " ]";
		}

		private String key(String key) {
			return switch (this.random.nextInt(6)) {
				case 0 -> "\"" + key + "\"";
				case 1 -> "'" + key + "'";
				default -> key;
			};
		}

		private String scalar(@Nullable Object value, boolean flow) {
			if (!(value instanceof String text)) {
				return (value == null && this.random.nextBoolean()) ? "~" : String.valueOf(value);
			}
			if (text.matches("(t[0-9]+|it's t[0-9]+|a \"t[0-9]+\"|grün 𝄞 t[0-9]+|true[0-9]+|t[0-9]+\\\\n)")
					&& this.random.nextInt(3) > 0) {
				return text;
			}
			if (text.indexOf('\n') < 0 && this.random.nextBoolean()) {
				return "'" + text.replace("'", "''") + "'";
			}
			return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
		}

	}

}

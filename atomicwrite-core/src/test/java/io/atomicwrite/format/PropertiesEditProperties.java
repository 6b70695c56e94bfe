package io.atomicwrite.format;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;

import io.atomicwrite.format.jackson.JacksonPropertiesFormat;
import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;

/**
 * Minimal edits of properties, which {@link Properties} reads, too.
 */
class PropertiesEditProperties extends MinimalEdits {

	private final JacksonPropertiesFormat format = new JacksonPropertiesFormat();

	PropertiesEditProperties() {
		super(new JacksonPropertiesFormat(), false, true);
	}

	@Override
	WrittenDocument write(Map<String, @Nullable Object> tree, Random random) {
		Writer writer = new Writer(new WrittenDocument(random));
		writer.value(tree, List.of(), "");
		return writer.document;
	}

	/**
	 * The keys and values by the class of the JDK, as those that the tree is written to
	 * anew.
	 */
	@Override
	@Nullable Object readOtherwise(byte[] content, @Nullable Object expected) throws Exception {
		Properties found = load(content);
		Properties wanted = load(this.format.writeTree(expected));
		return found.equals(wanted) ? expected : Trees.canonical(new LinkedHashMap<>(found));
	}

	private static Properties load(byte[] content) throws Exception {
		Properties properties = new Properties();
		String text = new String(content, StandardCharsets.UTF_8);
		properties.load(new StringReader(text.startsWith("\ufeff") ? text.substring(1) : text));
		return properties;
	}

	@Override
	@Nullable Object held(@Nullable Object tree) {
		try {
			return this.format.toTree((tree != null) ? tree : Map.of());
		}
		catch (java.io.IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	boolean touchesNeighbours() {
		return false;
	}

	/** The elements of a list after one that goes get other places. */
	@Override
	Set<Integer> beside(WrittenDocument old, Map<String, @Nullable Object> tree, RandomDocument.Change change) {
		int last = change.path().size() - 1;
		return (change.kind() == RandomDocument.Kind.REMOVE && change.path().get(last) instanceof Integer)
				? old.lines(change.path().subList(0, last)) : Set.of();
	}

	/** Writes properties in many styles. */
	private static final class Writer {

		private final WrittenDocument document;

		private final String sign;

		Writer(WrittenDocument document) {
			this.document = document;
			this.sign = List.of("=", " = ", ": ", " ").get(document.random().nextInt(4));
		}

		void value(@Nullable Object value, List<Object> path, String key) {
			int from = this.document.count();
			if (value instanceof Map<?, ?> map) {
				map.forEach((step, child) -> value(child, RandomDocument.with(path, step),
						key.isEmpty() ? String.valueOf(step) : key + "." + step));
			}
			else if (value instanceof List<?> list) {
				for (int i = 0; i < list.size(); i++) {
					value(list.get(i), RandomDocument.with(path, i), key + "[" + i + "]");
				}
			}
			else {
				int line = this.document.line((this.document.random().nextInt(5) == 0 ? "  " : "") + key, "#", "");
				from = line;
				String text = String.valueOf(value).replace("\\", "\\\\").replace("\n", "\\n");
				boolean mark = !this.sign.isBlank() || "=:".indexOf(text.charAt(0)) < 0;
				this.document.append((mark ? this.sign : "=") + (text.startsWith(" ") ? "\\" : ""));
				int split = text.indexOf("t");
				if (split > 0 && split + 2 < text.length() && text.charAt(split - 1) != '\\'
						&& text.charAt(split + 1) != ' ' && this.document.random().nextInt(4) == 0) {
					this.document.append(text.substring(0, split + 1) + "\\");
					this.document.plain("    " + text.substring(split + 1));
				}
				else {
					this.document.append(text);
				}
			}
			this.document.range(path, from, this.document.count() - 1);
		}

	}

}

package io.atomicwrite.format.syntax;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import org.jspecify.annotations.Nullable;

/**
 * TOML 1.0. Dates and times are texts, and {@code null} is no entry.
 */
final class TomlGrammar extends Grammar {

	TomlGrammar(FormatLimits limits) {
		super(limits);
	}

	@Override
	Surface parse(String text) throws MalformedContentException {
		TomlParser parser = new TomlParser(text, limits());
		Node root = parser.parse();
		return new TomlSurface(text, root, parser.statements(), parser.comments());
	}

	@Override
	String render(@Nullable Object tree) {
		return (tree != null) ? new TomlRenderer("\n").table(List.of(), Trees.map(tree)) : "";
	}

	@Override
	Object representable(@Nullable Object tree) throws IOException {
		if (!(tree instanceof Map)) {
			throw new IOException("a TOML file holds a table, not a single value or a list");
		}
		return heldWhole(tree);
	}

	private static Object heldWhole(Object tree) throws IOException {
		if (tree instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> copy = new LinkedHashMap<>();
			for (Map.Entry<String, @Nullable Object> entry : Trees.map(map).entrySet()) {
				if (entry.getValue() != null) {
					copy.put(entry.getKey(), heldWhole(entry.getValue()));
				}
			}
			return copy;
		}
		if (tree instanceof List<?> list) {
			List<@Nullable Object> copy = new ArrayList<>();
			for (Object element : list) {
				if (element == null) {
					throw new IOException("a TOML array can't hold null");
				}
				copy.add(heldWhole(element));
			}
			return copy;
		}
		return tree;
	}

}

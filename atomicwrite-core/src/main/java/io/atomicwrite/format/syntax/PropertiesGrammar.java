package io.atomicwrite.format.syntax;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import org.jspecify.annotations.Nullable;

/**
 * Properties as {@link java.util.Properties} reads them, in UTF-8. All scalars are texts;
 * an empty map or list is an empty text, and {@code null} is no entry.
 */
final class PropertiesGrammar extends Grammar {

	PropertiesGrammar(FormatLimits limits) {
		super(limits);
	}

	@Override
	Surface parse(String text) throws MalformedContentException {
		PropertiesParser parser = new PropertiesParser(text);
		List<PropertiesParser.Line> lines = parser.parse();
		PropertyTree tree = new PropertyTree(text, limits());
		for (PropertiesParser.Line line : lines) {
			tree.put(line);
		}
		return new PropertiesSurface(text, tree.build(), tree.lines(), parser.comments());
	}

	@Override
	String render(@Nullable Object tree) {
		StringBuilder out = new StringBuilder();
		PropertyNames.flatten("", tree)
			.forEach((key, value) -> out.append(PropertyNames.escapedKey(key, false))
				.append('=')
				.append(PropertyNames.escapedValue(value, false))
				.append('\n'));
		return out.toString();
	}

	@Override
	@Nullable Object representable(@Nullable Object tree) throws IOException {
		if (!(tree instanceof Map)) {
			throw new IOException("a file of properties holds keys and values, not a single value or a list");
		}
		Object texts = texts(tree);
		return texts.equals("") ? Map.of() : texts;
	}

	private static Object texts(@Nullable Object tree) {
		if (tree instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> texts = new LinkedHashMap<>();
			Trees.map(map).forEach((key, value) -> {
				if (value != null) {
					texts.put(key, texts(value));
				}
			});
			return texts.isEmpty() ? "" : texts;
		}
		if (tree instanceof List<?> list) {
			List<Object> texts = new ArrayList<>();
			list.forEach((value) -> texts.add(texts(value)));
			return texts.isEmpty() ? "" : texts;
		}
		if (tree instanceof BigDecimal number) {
			return JsonRenderer.decimal(number);
		}
		return (tree != null) ? tree.toString() : "";
	}

}

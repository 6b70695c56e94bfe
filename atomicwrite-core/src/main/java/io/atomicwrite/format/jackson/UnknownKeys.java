package io.atomicwrite.format.jackson;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.format.syntax.Grammar;
import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Finds the keys of a tree that a type does not know. Jackson reports each of them by its
 * name alone, as it buffers what comes before the arguments of a constructor, and the
 * first one by its path. So names that are all unknown are found at once, and the others
 * one after the other.
 */
final class UnknownKeys {

	/** One pass of the decoder for each key whose name is known elsewhere. */
	private static final int MAX_PASSES = 500;

	private final ObjectReader reader;

	private final Grammar json;

	private final List<List<Object>> found = new ArrayList<>();

	UnknownKeys(ObjectReader reader, Grammar json) {
		this.reader = reader;
		this.json = json;
	}

	List<List<Object>> of(@Nullable Object tree) throws IOException {
		Map<String, Integer> reported = reported(tree);
		if (reported.isEmpty()) {
			return List.of();
		}
		Map<String, List<List<Object>>> paths = new HashMap<>();
		collect(tree, List.of(), reported, paths);
		reported.forEach((name, count) -> {
			List<List<Object>> all = paths.getOrDefault(name, List.of());
			if (all.size() == count) {
				this.found.addAll(all);
			}
		});
		Object rest = tree;
		for (List<Object> path : this.found) {
			rest = Trees.without(rest, path);
		}
		oneByOne(rest);
		return this.found;
	}

	private Map<String, Integer> reported(@Nullable Object tree) throws IOException {
		Map<String, Integer> names = new HashMap<>();
		this.reader.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.withHandler(new DeserializationProblemHandler() {

				@Override
				public boolean handleUnknownProperty(DeserializationContext context, JsonParser parser,
						ValueDeserializer<?> deserializer, Object bean, String name) {
					names.merge(name, 1, Integer::sum);
					parser.skipChildren();
					return true;
				}

			})
			.readValue(this.json.write(tree));
		return names;
	}

	private static void collect(@Nullable Object tree, List<Object> path, Map<String, Integer> names,
			Map<String, List<List<Object>>> paths) {
		if (tree instanceof Map<?, ?> map) {
			map.forEach((key, child) -> {
				List<Object> longer = with(path, key);
				if (names.containsKey(key)) {
					paths.computeIfAbsent((String) key, (it) -> new ArrayList<>()).add(longer);
				}
				collect(child, longer, names, paths);
			});
		}
		if (tree instanceof List<?> list) {
			for (int i = 0; i < list.size(); i++) {
				collect(list.get(i), with(path, i), names, paths);
			}
		}
	}

	private void oneByOne(@Nullable Object tree) throws IOException {
		ObjectReader strict = this.reader.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
		Object rest = tree;
		for (int pass = 0; pass < MAX_PASSES; pass++) {
			try {
				strict.readValue(this.json.write(rest));
				return;
			}
			catch (UnrecognizedPropertyException ex) {
				List<Object> path = JacksonErrors.path(ex);
				this.found.add(path);
				rest = Trees.without(rest, path);
			}
		}
	}

	private static List<Object> with(List<Object> path, Object step) {
		List<Object> longer = new ArrayList<>(path);
		longer.add(step);
		return longer;
	}

}

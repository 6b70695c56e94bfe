package io.atomicwrite.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.atomicwrite.format.Edit;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.syntax.Trees;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random files with keys that the type does not know and with comments, and random
 * changes of the value: unknown keys stay, lines that the change does not touch are the
 * same byte for byte, and what is read again is the value.
 */
class DocumentEditProperties {

	private static final Config DEFAULTS = new Config("none", 80, false, new Limits(1, new BigDecimal("0.5")),
			List.of(new Item("default", 0)), Map.of());

	@Property(tries = 150)
	void changedScalarsChangeTheirLinesAlone(@ForAll Kinds kind, @ForAll long seed) {
		Random random = new Random(seed);
		DocumentCodec<Config> codec = codec(kind);
		byte[] content = content(kind, random);
		Config before = Kinds.value(codec.read(content));
		Config after = scalarsChanged(before, random);
		Edit edit = codec.write(content, after);
		assertThat(Kinds.value(codec.read(edit.content()))).isEqualTo(after);
		assertThat(edit.minimal()).as("of " + Kinds.text(content)).isTrue();
		assertUnknownStay(kind, content, edit.content());
		List<String> oldLines = new ArrayList<>(Kinds.text(content).lines().toList());
		List<String> newLines = Kinds.text(edit.content()).lines().toList();
		int changes = codec.diff(before, after).size();
		newLines.forEach(oldLines::remove);
		int separators = (kind == Kinds.JSON) ? changes : 0;
		assertThat(oldLines.size()).as("lines that went:\n" + oldLines + "\nof\n" + Kinds.text(content))
			.isLessThanOrEqualTo(changes + separators);
		assertThat(codec.write(edit.content(), after).content()).isEqualTo(edit.content());
	}

	@Property(tries = 150)
	void anyChangeKeepsUnknownKeysAndComments(@ForAll Kinds kind, @ForAll long seed) {
		Random random = new Random(seed);
		DocumentCodec<Config> codec = codec(kind);
		byte[] content = content(kind, random);
		Config before = Kinds.value(codec.read(content));
		Config after = scalarsChanged(withLists(before, random), random);
		Edit edit = codec.write(content, after);
		assertThat(Kinds.value(codec.read(edit.content()))).isEqualTo(after);
		Map<String, Object> old = unknown(kind.tree(content));
		Map<String, Object> now = unknown(kind.tree(edit.content()));
		old.forEach((pointer, value) -> {
			if (!pointer.startsWith("/items/")) {
				assertThat(now).containsKey(pointer);
				assertThat(Trees.equal(now.get(pointer), value)).isTrue();
			}
		});
		boolean allStay = after.items()
			.stream()
			.map(Item::id)
			.toList()
			.containsAll(before.items().stream().map(Item::id).toList());
		if (edit.minimal() && allStay && kind != Kinds.JSON) {
			long comments = Kinds.text(content).lines().filter((line) -> line.startsWith("# comment")).count();
			assertThat(Kinds.text(edit.content()).lines().filter((line) -> line.startsWith("# comment")).count())
				.isEqualTo(comments);
		}
	}

	@Property(tries = 60)
	void formattingDoesNotChangeTheMeaning(@ForAll Kinds kind, @ForAll long seed) {
		Random random = new Random(seed);
		byte[] content = content(kind, random);
		Config after = scalarsChanged(withLists(Kinds.value(codec(kind).read(content)), random), random);
		Object minimal = kind.tree(codec(kind).write(content, after).content());
		Object rewritten = kind
			.tree(kind.codec(DocumentOptions.of(Config.class).defaults(DEFAULTS).formatting(Formatting.REWRITE))
				.write(content, after)
				.content());
		assertThat(Trees.equal(minimal, rewritten)).as(minimal + "\n" + rewritten).isTrue();
	}

	private static DocumentCodec<Config> codec(Kinds kind) {
		return kind.codec(DocumentOptions.of(Config.class).defaults(DEFAULTS));
	}

	/** A file with some of the keys, and with others between them. */
	private static byte[] content(Kinds kind, Random random) {
		Map<String, @Nullable Object> tree = new LinkedHashMap<>();
		unknown(tree, random);
		put(tree, "name", "text " + random.nextInt(), random);
		put(tree, "port", BigInteger.valueOf(random.nextInt(1000)), random);
		put(tree, "on", random.nextBoolean(), random);
		if (random.nextInt(3) > 0) {
			Map<String, @Nullable Object> limits = new LinkedHashMap<>();
			put(limits, "most", BigInteger.valueOf(random.nextInt(1000)), random);
			unknown(limits, random);
			put(limits, "ratio", new BigDecimal(random.nextInt(100) + ".50"), random);
			tree.put("limits", limits.isEmpty() ? Map.of("most", BigInteger.ONE) : limits);
		}
		if (random.nextInt(3) > 0) {
			List<@Nullable Object> items = new ArrayList<>();
			for (int i = 0; i < 1 + random.nextInt(3); i++) {
				Map<String, @Nullable Object> item = new LinkedHashMap<>();
				item.put("id", "i" + i);
				unknown(item, random);
				item.put("weight", BigInteger.valueOf(random.nextInt(1000)));
				items.add(item);
			}
			tree.put("items", items);
		}
		unknown(tree, random);
		byte[] content = kind.content(tree.isEmpty() ? Map.of("name", "x") : tree);
		return (kind == Kinds.JSON) ? content : Kinds.bytes(commented(Kinds.text(content), random));
	}

	private static void put(Map<String, @Nullable Object> map, String key, Object value, Random random) {
		if (random.nextInt(4) > 0) {
			map.put(key, value);
		}
	}

	private static void unknown(Map<String, @Nullable Object> map, Random random) {
		while (random.nextInt(2) > 0) {
			String key = "x" + random.nextInt(1_000_000);
			switch (random.nextInt(4)) {
				case 0 -> map.put(key, "kept: # \"" + random.nextInt());
				case 1 -> map.put(key, new BigDecimal("1.10"));
				case 2 -> map.put(key, List.of("a", "b"));
				default -> map.put(key, Map.of("name", "inner", "weight", BigInteger.TWO));
			}
		}
	}

	private static String commented(String text, Random random) {
		StringBuilder commented = new StringBuilder("# comment on top\n");
		text.lines().forEach((line) -> {
			if (random.nextInt(4) == 0) {
				commented.append("# comment ").append(random.nextInt()).append('\n');
			}
			commented.append(line).append('\n');
		});
		return commented.append("# comment at the end\n").toString();
	}

	private static Config scalarsChanged(Config config, Random random) {
		List<Item> items = new ArrayList<>(config.items());
		if (!items.isEmpty() && random.nextBoolean()) {
			int place = random.nextInt(items.size());
			items.set(place, new Item(items.get(place).id(), random.nextInt(1000)));
		}
		Limits limits = random.nextBoolean() ? config.limits()
				: new Limits(random.nextInt(1000), new BigDecimal(random.nextInt(100) + ".25"));
		return new Config(random.nextBoolean() ? config.name() : "changed # " + random.nextInt(),
				random.nextBoolean() ? config.port() : random.nextInt(1000), random.nextBoolean(), limits, items,
				config.labels());
	}

	private static Config withLists(Config config, Random random) {
		List<Item> items = new ArrayList<>(config.items());
		if (!items.isEmpty() && random.nextBoolean()) {
			items.remove(random.nextInt(items.size()));
		}
		if (random.nextBoolean()) {
			items.add(random.nextInt(items.size() + 1), new Item("new" + random.nextInt(), 1));
		}
		Map<String, String> labels = new LinkedHashMap<>(config.labels());
		labels.put("label", "l" + random.nextInt());
		return new Config(config.name(), config.port(), config.on(), config.limits(), items, labels);
	}

	private static void assertUnknownStay(Kinds kind, byte[] before, byte[] after) {
		Map<String, Object> old = unknown(kind.tree(before));
		Map<String, Object> now = unknown(kind.tree(after));
		assertThat(now.keySet()).containsAll(old.keySet());
		old.forEach((pointer, value) -> assertThat(Trees.equal(now.get(pointer), value)).isTrue());
	}

	/** The values of the keys that the type does not know, by their pointers. */
	private static Map<String, Object> unknown(@Nullable Object tree) {
		Map<String, Object> found = new LinkedHashMap<>();
		collect(FieldPath.WHOLE, tree, found);
		return found;
	}

	private static void collect(FieldPath path, @Nullable Object tree, Map<String, Object> found) {
		if (tree instanceof Map<?, ?> map) {
			map.forEach((key, value) -> {
				FieldPath longer = path.with(key);
				if (String.valueOf(key).matches("x[0-9]+") && value != null) {
					found.put(longer.pointer(), value);
				}
				else {
					collect(longer, value, found);
				}
			});
		}
		if (tree instanceof List<?> list) {
			for (int i = 0; i < list.size(); i++) {
				collect(path.with(i), list.get(i), found);
			}
		}
	}

	record Config(String name, int port, boolean on, Limits limits, List<Item> items, Map<String, String> labels) {
	}

	record Limits(int most, BigDecimal ratio) {
	}

	record Item(String id, int weight) {
	}

}

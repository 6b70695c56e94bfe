package io.atomicwrite.format;

import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import io.atomicwrite.format.jackson.JacksonJsonFormat;
import io.atomicwrite.format.jackson.JacksonPropertiesFormat;
import io.atomicwrite.format.jackson.JacksonTomlFormat;
import io.atomicwrite.format.jackson.JacksonYamlFormat;
import io.atomicwrite.format.syntax.Grammar;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Edits of typed values: what changes, what stays, and what is reported.
 */
class EditTests {

	private static final EditableFormat YAML = new JacksonYamlFormat();

	private static final EditableFormat JSON = new JacksonJsonFormat();

	@Test
	void yamlKeepsEverythingBesideTheValue() throws IOException {
		String old = """
				# 𝄞 head
				defaults: &defaults
				  level:   info     # aligned   comment
				log:
				  <<: *defaults
				  path: "/var/log"
				port:    0x1F # hex
				ratio: 1.10
				unknown: {deep: [1_000, ~, yes]}
				text: |
				    kept
				      as it is

				name: 'it''s'   # quoted
				""";
		assertThat(edited(YAML, old, Config.class, (config) -> new Config(config.port(), config.ratio(), "other")))
			.isEqualTo(old.replace("'it''s'", "'other'"));
		assertThat(edited(YAML, old, Config.class, (config) -> new Config(32, config.ratio(), config.name())))
			.isEqualTo(old.replace("0x1F", "32"));
		assertThat(edited(YAML, old, Config.class, (config) -> config)).isEqualTo(old);
	}

	/** What follows the header of a table belongs to it. */
	@Test
	void tomlHasNewKeysBeforeNewTablesInWhateverOrderTheyAreAsked() throws IOException {
		String old = "on = true\n# comment at the end\n";
		Map<String, Object> wanted = new LinkedHashMap<>();
		wanted.put("on", true);
		wanted.put("limits", Map.of("most", 1));
		wanted.put("items", List.of(Map.of("id", "a")));
		wanted.put("name", "x");
		Edit edit = new JacksonTomlFormat().editTree(old.getBytes(StandardCharsets.UTF_8), wanted,
				Formatting.REQUIRE_MINIMAL);
		assertThat(new String(edit.content(), StandardCharsets.UTF_8)).isEqualTo(
				"on = true\nname = \"x\"\n\n[limits]\nmost = 1\n\n[[items]]\nid = \"a\"\n# comment at the end\n");
	}

	@Test
	void tomlKeepsDatesNumbersTablesAndComments() throws IOException {
		String old = """
				port = 0xFF  # hex
				since = 1979-05-27 07:32:00Z   # a date
				ratio = 1_000.50
				name = 'x'
				[[unknown]]   # kept
				a.b = 1
				""";
		assertThat(edited(new JacksonTomlFormat(), old, Config.class,
				(config) -> new Config(7, config.ratio(), config.name())))
			.isEqualTo(old.replace("0xFF", "7"));
		assertThat(
				edited(new JacksonTomlFormat(), old, Map.class, (map) -> (Map<?, ?>) with(map, "since", "1979-05-28")))
			.isEqualTo(old.replace("1979-05-27 07:32:00Z", "1979-05-28"));
	}

	@Test
	void jsonKeepsUnknownKeysNullAndTheSpellingOfNumbers() throws IOException {
		String old = "{\"port\":1,\"ratio\":1.10,\"name\":\"a\",\n  \"newer\" : [ 3.1415926535897932384626, null, 1e2 ] }";
		assertThat(edited(JSON, old, Config.class, (config) -> new Config(2, config.ratio(), config.name())))
			.isEqualTo(old.replace("\"port\":1", "\"port\":2"));
		String commented = "{ // first\n  \"port\": 1, /* p */\n  \"name\": \"a\" // last\n}\n";
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> JSON.decode(bytes(commented), Config.class));
		assertThat(edited(JacksonJsonFormat.withComments(), commented, Config.class,
				(config) -> new Config(2, BigDecimal.ONE, config.name())))
			.isEqualTo("{ // first\n  \"port\": 2, /* p */\n  \"ratio\": 1,\n  \"name\": \"a\" // last\n}\n");
	}

	@Test
	void keyOfPropertiesBelowAKeyWithAValueIsWrittenAsItIsRead() throws IOException {
		EditableFormat format = new JacksonPropertiesFormat();
		Map<String, Object> log = new LinkedHashMap<>(Map.of("A", "x", "A.layout", "y", "b.c", "1"));
		for (Formatting formatting : Formatting.values()) {
			Edit edit = format.editTree("log.A=x\nlog[b.c]=1\n".getBytes(StandardCharsets.UTF_8), Map.of("log", log),
					formatting);
			assertThat(new String(edit.content(), StandardCharsets.UTF_8).lines()).as(formatting.toString())
				.containsExactlyInAnyOrder("log.A=x", "log.A.layout=y", "log[b.c]=1");
		}
	}

	@Test
	void yamlWhoseReferencesAreKeptIsChangedAtItsAnchors() throws IOException {
		String old = "base: &b {x: 1} # c\ndev: *b\nprod:\n  <<: *b\n  z: 2\n";
		Grammar grammar = Grammar.yamlWithReferences(FormatLimits.defaults());
		Map<?, ?> before = (Map<?, ?>) Objects
			.requireNonNull(grammar.read(old.getBytes(StandardCharsets.UTF_8)).tree());
		Map<String, Object> prod = new LinkedHashMap<>(Map.of("<<", before.get("dev"), "z", 3));
		Map<String, Object> tree = Map.of("base", Map.of("x", 7), "dev", before.get("dev"), "prod", prod);
		assertThat(Grammar.isReference(before.get("dev"))).isTrue();
		Edit edit = grammar.edit(old.getBytes(StandardCharsets.UTF_8), tree, Formatting.REQUIRE_MINIMAL);
		String edited = new String(edit.content(), StandardCharsets.UTF_8);
		assertThat(edited).isEqualTo(old.replace("x: 1", "x: 7").replace("z: 2", "z: 3"));
		assertThat(YAML.readTree(edit.content()).toString()).isEqualTo("{base={x=7}, dev={x=7}, prod={z=3, x=7}}");
	}

	@Test
	void propertiesKeepSeparatorsCommentsAndEscapes() throws IOException {
		String old = "! head\r\nport : 1\r\nname = \\u00e9t\\u00e9\r\n\r\nother=x\\\r\n  y";
		assertThat(edited(new JacksonPropertiesFormat(), old, Config.class,
				(config) -> new Config(2, new BigDecimal("2.50"), "caf\u00e9")))
			.isEqualTo("! head\r\nport : 2\r\nratio : 2.50\r\nname = caf\\u00e9\r\n\r\nother=x\\\r\n  y");
	}

	@Test
	void unknownKeysOfElementsStay() throws IOException {
		String old = "- {name: a, newer: 1}\n- name: b # second\n  newer: 2\n- name: c\n";
		TypeReference<List<Name>> type = new TypeReference<>() {
		};
		assertThat(edited(YAML, old, type, (names) -> List.of(new Name("first"), new Name("a"), new Name("B"))))
			.isEqualTo("- name: first\n- {name: a, newer: 1}\n- name: B # second\n  newer: 2\n");
	}

	@Test
	void elementsOfASetGoAndComeForThemselves() throws IOException {
		String old = "tags: # all\n  - zeta # z\n  - alpha # a\n  - mid # m\n";
		assertThat(edited(YAML, old, Tags.class, (tags) -> new Tags(new TreeSet<>(List.of("zeta", "mid", "new")))))
			.isEqualTo("tags: # all\n  - zeta # z\n  - mid # m\n  - new\n");
	}

	@Test
	void changeThroughAnAliasOrAMergeKeyIsNotMinimal() throws IOException {
		String old = "a: &x {p: 1} # one\nb: *x # two\nc:\n  <<: *x\n  q: 2 # three\n";
		for (String key : List.of("b", "c")) {
			Map<String, Object> wanted = tree(old);
			wanted.put(key, with((Map<?, ?>) wanted.get(key), "p", java.math.BigInteger.TEN));
			assertThatExceptionOfType(NotMinimalException.class)
				.isThrownBy(() -> YAML.editTree(bytes(old), wanted, Formatting.REQUIRE_MINIMAL));
			Edit edit = YAML.editTree(bytes(old), wanted, Formatting.MINIMAL);
			assertThat(edit.minimal()).isFalse();
			assertThat(edit.losses()).isNotEmpty();
			assertThat(text(edit)).contains("# one").contains("# two").contains("# three");
			assertThat(YAML.readTree(edit.content())).isEqualTo(wanted);
		}
		Map<String, Object> wanted = tree(old);
		wanted.put("a", Map.of("p", java.math.BigInteger.TEN));
		Edit edit = YAML.editTree(bytes(old), wanted, Formatting.MINIMAL);
		assertThat(YAML.readTree(edit.content())).isEqualTo(wanted);
		assertThat(edit.losses()).contains("line 2: an alias");
		assertThat(text(edit)).contains("# one").contains("# two").contains("# three");
	}

	@Test
	void whatIsLostIsReportedByLineAndNotByText() throws IOException {
		String old = "a: 1\nb:\n  # secret hunter2\n  c: 1 # one\n  d: 2\ne: 3\n";
		Map<String, Object> wanted = tree(old);
		wanted.put("b", "text");
		Edit edit = YAML.editTree(bytes(old), wanted, Formatting.MINIMAL);
		assertThat(text(edit)).isEqualTo("a: 1\nb: text\ne: 3\n");
		assertThat(edit.losses()).containsExactly("line 3: a comment", "line 4: a comment");
		assertThatExceptionOfType(NotMinimalException.class)
			.isThrownBy(() -> YAML.editTree(bytes(old), wanted, Formatting.REQUIRE_MINIMAL))
			.withMessageContaining("line 3: a comment")
			.withMessageNotContaining("hunter2");
		assertThat(YAML.editTree(bytes(old), wanted, Formatting.REWRITE).minimal()).isFalse();
	}

	@Test
	void removedKeyTakesItsOwnCommentAndLeavesTheOneAbove() throws IOException {
		String old = "# about a\na: 1 # own\n# about b\nb: 2\n";
		Map<String, Object> wanted = tree(old);
		wanted.remove("a");
		Edit edit = YAML.editTree(bytes(old), wanted, Formatting.REQUIRE_MINIMAL);
		assertThat(text(edit)).isEqualTo("# about a\n# about b\nb: 2\n");
	}

	@Test
	void fileOfCommentsAloneKeepsThem() throws IOException {
		assertThat(text(YAML.editTree(bytes("# only\n"), Map.of("a", "b"), Formatting.REQUIRE_MINIMAL)))
			.isEqualTo("# only\na: b\n");
		assertThat(
				text(new JacksonTomlFormat().editTree(bytes("# only"), Map.of("a", "b"), Formatting.REQUIRE_MINIMAL)))
			.isEqualTo("# only\na = \"b\"\n");
		assertThat(text(new JacksonPropertiesFormat().editTree(bytes("#\n"), Map.of("a", "b"), Formatting.MINIMAL)))
			.isEqualTo("#\na=b\n");
	}

	@Test
	void thousandChangesEndInTime() throws IOException {
		StringBuilder old = new StringBuilder();
		Map<String, Object> wanted = new TreeMap<>();
		for (int i = 0; i < 400; i++) {
			old.append("key").append(i).append(": {a: 1, b: [x, y]} # ").append(i).append("\n");
			wanted.put("key" + i, (i % 2 == 0) ? "text" : Map.of("b", List.of("y")));
		}
		Edit edit = YAML.editTree(bytes(old.toString()), wanted, Formatting.MINIMAL);
		assertThat(YAML.readTree(edit.content())).isEqualTo(wanted);
	}

	private static <T> String edited(EditableFormat format, String old, Class<T> type, UnaryOperator<T> change)
			throws IOException {
		return edited(format, old, TypeReference.of(type), change);
	}

	@SuppressWarnings("unchecked")
	private static <T> String edited(EditableFormat format, String old, TypeReference<T> reference,
			UnaryOperator<T> change) throws IOException {
		Type type = reference.type();
		T before = (T) java.util.Objects.requireNonNull(format.decode(bytes(old), type));
		Edit edit = format.edit(bytes(old), change.apply(before), type, Formatting.REQUIRE_MINIMAL);
		assertThat(edit.losses()).isEmpty();
		return text(edit);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> tree(String text) throws IOException {
		return (Map<String, Object>) java.util.Objects.requireNonNull(YAML.readTree(bytes(text)));
	}

	private static Map<String, Object> with(Map<?, ?> map, String key, Object value) {
		Map<String, Object> changed = new java.util.LinkedHashMap<>();
		map.forEach((known, child) -> changed.put(String.valueOf(known), child));
		changed.put(key, value);
		return changed;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(Edit edit) {
		return new String(edit.content(), StandardCharsets.UTF_8);
	}

	record Config(int port, BigDecimal ratio, String name) {
	}

	record Name(String name) {
	}

	record Tags(SortedSet<String> tags) {
	}

}

package io.atomicwrite.format;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.atomicwrite.format.jackson.JacksonJsonFormat;
import io.atomicwrite.format.jackson.JacksonPropertiesFormat;
import io.atomicwrite.format.jackson.JacksonTomlFormat;
import io.atomicwrite.format.jackson.JacksonYamlFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What others lose, accept or give away, and these formats do not.
 */
class FormatTrapTests {

	private static final EditableFormat JSON = new JacksonJsonFormat();

	private static final EditableFormat YAML = new JacksonYamlFormat();

	private static final EditableFormat TOML = new JacksonTomlFormat();

	private static final EditableFormat PROPERTIES = new JacksonPropertiesFormat();

	static Stream<Arguments> tooMuch() {
		String nestedTables = "a." + "a.".repeat(300) + "a = 1";
		return Stream.of(arguments(JSON, "[".repeat(3000), "nest"), arguments(JSON, "{\"a\":".repeat(3000), "nest"),
				arguments(YAML, "[".repeat(3000), "nested deeper"), arguments(YAML, "- ".repeat(3000), "nested deeper"),
				arguments(YAML, "{a: ".repeat(3000), "nested deeper"),
				arguments(TOML, "a = " + "[".repeat(3000), "nest"),
				arguments(TOML, "a = " + "{a = ".repeat(3000), "nest"), arguments(TOML, nestedTables, "nest"),
				arguments(PROPERTIES, nestedTables, "nested deeper"), arguments(JSON, "9".repeat(1001), "length"),
				arguments(YAML, "9".repeat(1001), "longer than the limit"),
				arguments(TOML, "a = " + "9".repeat(1001), "longer than the limit"),
				arguments(YAML, laughs(9), "aliases"), arguments(YAML, "a: &a [*a]", "refers to what contains it"),
				arguments(YAML, "a: &a {<<: *a}", "refers to what contains it"), arguments(YAML, "a: *b", "no anchor"));
	}

	private static String laughs(int levels) {
		StringBuilder text = new StringBuilder("a0: &a0 ha\n");
		for (int i = 1; i <= levels; i++) {
			text.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(10) + "]\n");
		}
		return text.toString();
	}

	@ParameterizedTest
	@MethodSource("tooMuch")
	void whatWouldExhaustMemoryOrTheStackIsRefused(EditableFormat format, String content, String reason) {
		assertThatExceptionOfType(MalformedContentException.class)
			.isThrownBy(() -> format.decode(bytes(content), Object.class))
			.withMessageContaining(reason);
		assertThatExceptionOfType(MalformedContentException.class).isThrownBy(() -> format.readTree(bytes(content)));
	}

	@Test
	void fileOverTheLimitIsRefused() {
		FormatLimits limits = FormatLimits.defaults().withSize(10);
		for (EditableFormat format : List.of(new JacksonJsonFormat(limits), new JacksonYamlFormat(limits),
				new JacksonTomlFormat(limits), new JacksonPropertiesFormat(limits))) {
			assertThatExceptionOfType(MalformedContentException.class)
				.isThrownBy(() -> format.decode(bytes("# 3456789012"), Object.class))
				.withMessageContaining("over the limit of 10");
		}
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new FormatLimits(1, 1001, 1, 1));
	}

	static Stream<Arguments> twice() {
		return Stream.of(arguments(JSON, "{\"a\": 1,\n \"a\": 2}", 2), arguments(YAML, "a: 1\nb: 0\n\"a\": 2\n", 3),
				arguments(YAML, "x: {a: 1, a: 2}", 1), arguments(TOML, "a = 1\na = 2\n", 2),
				arguments(TOML, "[t]\na = 1\n[t]\nb = 1\n", 3), arguments(PROPERTIES, "a=1\n\na : 2\n", 3));
	}

	@ParameterizedTest
	@MethodSource("twice")
	void keyThatIsThereTwiceIsRefusedWithItsLine(EditableFormat format, String content, int line) {
		for (Class<?> type : List.of(Object.class, Map.class)) {
			MalformedContentException ex = catchThrowableOfType(MalformedContentException.class,
					() -> format.decode(bytes(content), type));
			assertThat(ex.line()).isEqualTo(line);
			assertThat(ex.column()).isPositive();
			assertThat(ex).hasMessageStartingWith("line " + line + ", column ");
		}
	}

	static Stream<Arguments> secrets() {
		return Stream.of(arguments(JSON, "{\"user\": \"u\",\n  \"port\": \"hunter2\"}", 2),
				arguments(JSON, "{\"user\": \"u\",\n  \"port\": hunter2}", 2),
				arguments(JSON, "{\"user\": \"u\",\n  \"hunter2", 2),
				arguments(JSON, "{\"user\": \"u\",\n  \"port\": 1} hunter2", 2),
				arguments(JSON, "{\"user\": \"u\",\n  \"port\": \"hu\\\"nter2\"}", 2),
				arguments(YAML, "user: u\nport: hunter2\n", 2), arguments(YAML, "user: u\nport: 'hunter2\n", 2),
				arguments(YAML, "user: u\nport: *hunter2\n", 2), arguments(YAML, "user: u\nport: a: hunter2\n", 2),
				arguments(YAML, "user: u\nport: !<hunter2 x\n", 2),
				arguments(YAML, "user: u\nport: \"\\qhunter2\"\n", 2),
				arguments(TOML, "user = \"u\"\nport = \"hunter2\"\n", 2),
				arguments(TOML, "user = \"u\"\nport = hunter2\n", 2),
				arguments(TOML, "user = \"u\"\nport = \"hunter2\n", 2),
				arguments(TOML, "user = \"u\"\nport = 1 hunter2\n", 2),
				arguments(PROPERTIES, "user=u\nport=hunter2\n", 2),
				arguments(PROPERTIES, "user=u\nport=\\u12hunter2\n", 2));
	}

	@ParameterizedTest
	@MethodSource("secrets")
	void errorHasThePlaceAndNeverTheContent(EditableFormat format, String content, int line) {
		MalformedContentException ex = catchThrowableOfType(MalformedContentException.class,
				() -> format.decode(bytes(content), Login.class));
		assertThat(ex).as(content).isNotNull();
		StringWriter trace = new StringWriter();
		ex.printStackTrace(new PrintWriter(trace));
		assertThat(trace.toString()).doesNotContain("hunter2").doesNotContain("nter2");
		assertThat(ex.line()).as(ex.getMessage()).isEqualTo(line);
		assertThat(ex.column()).isPositive();
	}

	@Test
	void errorOfAValueNamesItsPath() {
		assertThatExceptionOfType(MalformedContentException.class)
			.isThrownBy(() -> YAML.decode(bytes("all:\n- user: u\n  port: 1\n- user: v\n  port: many\n"),
					new TypeReference<Map<String, List<Login>>>() {
					}.type()))
			.withMessage("line 5, column 9: the value of 'all[1].port' does not fit the type int");
		assertThatExceptionOfType(MalformedContentException.class)
			.isThrownBy(() -> PROPERTIES.decode(bytes("port=-1\nuser=u"), Positive.class))
			.withMessageContaining("port must be positive");
	}

	@Test
	void yamlReadsWhatTheCoreSchemaSaysAndWhatTheTypeAsksFor() throws IOException {
		Map<?, ?> found = (Map<?, ?>) YAML
			.decode(bytes("a: 0x1F\nb: yes\nc: 1.10\nd: ~\ne: 0o17\nf: 2026-11-28\ng: no\n"
					+ "h: !!str 5\ni: '5'\nbase: &b {p: 1, q: 2}\nuse:\n  <<: *b\n  q: 3\n"), Object.class);
		assertThat(found.get("a")).hasToString("31");
		assertThat(found.get("b")).isEqualTo("yes");
		assertThat(found.get("c")).isEqualTo(new BigDecimal("1.10"));
		assertThat(found.get("d")).isNull();
		assertThat(found.get("e")).hasToString("15");
		assertThat(found.get("f")).isEqualTo("2026-11-28");
		assertThat(found.get("h")).isEqualTo("5");
		assertThat(found.get("use")).hasToString("{q=3, p=1}");
		assertThat(YAML.decode(bytes("on: yes\ncount: 1_000\nname: off"), Loose.class))
			.isEqualTo(new Loose(true, 1000, "off"));
	}

	@Test
	void textThatOtherReadersTakeForSomethingElseIsQuoted() throws IOException {
		for (String text : List.of("yes", "no", "On", "null", "~", "012", "1_000", "0x1F", "1:30", "1e3", ".5",
				"2026-11-28", "<<", "", " a", "a ", "- a", "a: b", "a #b", "#a", "&a", "*a", "!a", "@a", "`a", "%a",
				"a:", "|", ">", "{", "[a", "'a", "\"a", "true", ".inf", "\u2028", "\u0007", "\ufeff", "\t", "---",
				"...", "a\nb\n", "a\n\n", "\n", " \na", "a\rb", "\ud83d")) {
			for (EditableFormat format : List.of(JSON, YAML, TOML, PROPERTIES)) {
				byte[] content = format.encode(Map.of("k", text));
				boolean unpaired = text.equals("\ud83d") && !format.extensions().contains("json")
						&& !format.extensions().contains("properties");
				if (!unpaired) {
					assertThat(format.decode(content, Map.class)).as(new String(content, StandardCharsets.UTF_8))
						.isEqualTo(Map.of("k", text));
				}
			}
		}
		assertThat(new String(YAML.encode(Map.of("k", "yes")), StandardCharsets.UTF_8)).isEqualTo("k: \"yes\"\n");
		assertThat(new String(YAML.encode(Map.of("k", "1.2.3")), StandardCharsets.UTF_8)).isEqualTo("k: 1.2.3\n");
	}

	@Test
	void propertiesHaveTheKeysOfSpringAndUtf8() throws IOException {
		record Server(String name, List<String> hosts, Map<String, Integer> limits) {
		}
		Server server = new Server("grün", List.of("a", "b"), Map.of("any.key", 1));
		byte[] content = PROPERTIES.encode(Map.of("server", server));
		assertThat(new String(content, StandardCharsets.UTF_8))
			.isEqualTo("server.name=grün\nserver.hosts[0]=a\nserver.hosts[1]=b\nserver.limits[any.key]=1\n");
		assertThat(PROPERTIES.decode(content, new TypeReference<Map<String, Server>>() {
		}.type())).isEqualTo(Map.of("server", server));
		assertThat(PROPERTIES.readTree(bytes("log.A=x\nlog.A.layout=y\nlist[1]=gap\n")))
			.isEqualTo(Map.of("log", Map.of("A", "x", "A.layout", "y"), "list", Map.of("1", "gap")));
		assertThatExceptionOfType(MalformedContentException.class)
			.isThrownBy(() -> PROPERTIES.readTree("a=1\nb=\u00e9".getBytes(StandardCharsets.ISO_8859_1)))
			.withMessageContaining("line 2, column 3: this is not UTF-8");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"a": "b,\\n"c": 1} | line 1, column 10: the text has no closing quote on its line
			{"a": "b\\tc"}      | line 1, column 9: a control character must be escaped in a text
			""")
	void anUnclosedTextIsNamedAsSuch(String content, String message) {
		byte[] unescaped = bytes(content.replace("\\n", "\n").replace("\\t", "\t"));
		assertThatExceptionOfType(MalformedContentException.class).isThrownBy(() -> JSON.readTree(unescaped))
			.withMessage(message);
	}

	@Test
	void whatAFormatCanNotHoldIsRefused() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> TOML.encode(List.of(1)));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> PROPERTIES.encode("text"));
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> TOML.encode(Map.of("a", java.util.Arrays.asList(1, null))));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> PROPERTIES.encode(Map.of("a].b", 1)));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> YAML.writeTree(Map.of("a", new Object())));
	}

	@Test
	void treesKeepTheirTypes() throws IOException {
		Map<String, Object> tree = Map.of("i", new BigInteger("99999999999999999999999"), "d",
				new BigDecimal("3.1415926535897932384626"), "b", true, "n", Double.POSITIVE_INFINITY);
		for (EditableFormat format : List.of(YAML, TOML)) {
			assertThat(format.readTree(format.writeTree(tree))).isEqualTo(tree);
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	record Login(String user, int port) {
	}

	record Positive(String user, int port) {

		Positive {
			if (port < 0) {
				throw new IllegalArgumentException("port must be positive");
			}
		}

	}

	record Loose(boolean on, int count, String name) {
	}

}

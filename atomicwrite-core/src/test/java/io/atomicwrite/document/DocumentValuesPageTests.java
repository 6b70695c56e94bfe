package io.atomicwrite.document;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of documents shows what options, defaults, schema and validation do.
 */
class DocumentValuesPageTests {

	private static final Path PAGE = Path.of("../docs/reference/documents.md");

	private static final DocumentOptions<Settings> OPTIONS = DocumentOptions.of(Settings.class)
		.defaults(new Settings("dark", new Server("localhost", 8080, List.of())))
		.validate("server.port", (s) -> s.server().port() != 22, "must not be that of SSH")
		.schema(2)
		.migrate(1, (tree) -> {
			if (tree.containsKey("colour")) {
				tree.put("theme", tree.remove("colour"));
			}
			return tree;
		})
		.secret("/users/*/password")
		.build();

	@Test
	void exampleDoesWhatThePageSays() throws Exception {
		String page = Files.readString(PAGE);
		for (String part : List.of("record Settings(@NotBlank String theme, @Valid Server server)",
				"record Server(String host, @Max(65535) int port, List<String> aliases)",
				".validate(\"server.port\", s -> s.server().port() != 22, \"must not be that of SSH\")",
				"if (tree.containsKey(\"colour\")) {", "tree.put(\"theme\", tree.remove(\"colour\"));")) {
			assertThat(page).contains(part);
		}
		DocumentCodec<Settings> codec = codec();
		assertThat(Kinds.value(codec.read(Kinds.bytes("colour: light\n"))).theme()).isEqualTo("light");
		assertThat(Kinds.problem(codec.read(Kinds.bytes("schema: 2\nserver:\n  port: 22\n"))).message())
			.isEqualTo("'server.port' must not be that of SSH");
		String problem = Kinds.problem(codec.read(Kinds.bytes("schema: 2\nserver:\n  port: 70000\n"))).toString();
		assertThat(page).contains("```\n" + problem + "\n```");
	}

	@Test
	void defaultsAreServedAsInTheTable() throws Exception {
		Matcher row = Pattern
			.compile("^\\| (?:`([a-z]+: [^`]*)`|no file|comments alone) \\| (?:`(Settings.*)`|as without a file) \\|$",
					Pattern.MULTILINE)
			.matcher(Files.readString(PAGE));
		int rows = 0;
		DocumentCodec<Settings> codec = codec();
		String without = spelled(Kinds.value(codec.missing()));
		while (row.find()) {
			String expected = (row.group(2) != null) ? row.group(2) : without;
			Reading<Settings> reading = (row.group(1) != null) ? codec.read(Kinds.bytes(row.group(1) + "\n"))
					: row.group().contains("no file") ? codec.missing() : codec.read(Kinds.bytes("# nothing\n"));
			assertThat(spelled(Kinds.value(reading))).isEqualTo(expected);
			rows++;
		}
		assertThat(rows).isEqualTo(4);
	}

	private static String spelled(Settings settings) {
		Server server = settings.server();
		return "Settings(\"" + settings.theme() + "\", Server(\"" + server.host() + "\", " + server.port() + ", "
				+ server.aliases() + "))";
	}

	@Test
	void differencesAreShownAsOnThePage() throws Exception {
		DocumentCodec<Map<String, Object>> codec = Kinds.YAML
			.codec(DocumentOptions.of(new io.atomicwrite.format.TypeReference<Map<String, Object>>() {
			}).secret("/users/*/password"));
		Map<String, Object> before = Map.of("theme", "dark", "users", List.of(Map.of(), Map.of("password", "a")));
		Map<String, Object> after = Map.of("theme", "light", "users", List.of(Map.of(), Map.of("password", "b")));
		List<FieldChange> diff = codec.diff(new java.util.TreeMap<>(before), new java.util.TreeMap<>(after));
		assertThat(Files.readString(PAGE)).contains("```\n" + diff + "\n```");
	}

	@Test
	void allOptionsAndKindsAreThere() throws Exception {
		String page = Files.readString(PAGE);
		for (DocumentProblem.Kind kind : DocumentProblem.Kind.values()) {
			assertThat(page).contains("`" + kind + "`");
		}
		for (java.lang.reflect.Method method : DocumentOptions.Builder.class.getMethods()) {
			if (method.getReturnType() == DocumentOptions.Builder.class) {
				assertThat(page).contains("`" + method.getName() + "`");
			}
		}
	}

	@Test
	void linesFit() throws Exception {
		assertThat(Files.readAllLines(PAGE, StandardCharsets.UTF_8))
			.allSatisfy((line) -> assertThat(line.length()).as(line).isLessThanOrEqualTo(160));
	}

	private static DocumentCodec<Settings> codec() {
		return DocumentCodec.of(Path.of("settings.yaml"), Kinds.YAML.format(), OPTIONS, InstantSource.system());
	}

	record Settings(@NotBlank String theme, @Valid Server server) {
	}

	record Server(String host, @Max(65535) int port, List<String> aliases) {
	}

}

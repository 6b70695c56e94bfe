package io.atomicwrite.document;

import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.atomicwrite.FormatException;
import io.atomicwrite.document.DocumentProblem.Kind;
import io.atomicwrite.format.Edit;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.TypeReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a content is for a document, and what is written for a value, in each format.
 */
class DocumentCodecTests {

	private static final Settings DEFAULTS = new Settings("dark", 8080, new Server("localhost", 1, List.of("a", "b")));

	private static DocumentOptions.Builder<Settings> options() {
		return DocumentOptions.of(Settings.class).defaults(DEFAULTS);
	}

	@ParameterizedTest
	@EnumSource
	void missingFileIsTheDefaults(Kinds kind) {
		assertThat(Kinds.value(kind.codec(options()).missing())).isEqualTo(DEFAULTS);
		DocumentProblem problem = Kinds.problem(kind.codec(DocumentOptions.of(Settings.class)).missing());
		assertThat(problem.kind()).isEqualTo(Kind.MISSING);
		assertThat(problem.file()).isEqualTo(kind.file());
	}

	@ParameterizedTest
	@EnumSource
	void missingKeysAreTheDefaultsHoweverDeep(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(options());
		byte[] content = kind
			.content(Map.of("theme", "light", "server", Map.of("host", "example.org", "hosts", List.of("c"))));
		assertThat(Kinds.value(codec.read(content)))
			.isEqualTo(new Settings("light", 8080, new Server("example.org", 1, List.of("c"))));
		assertThat(Kinds.value(codec.read(kind.content(Map.of("port", 1)))))
			.isEqualTo(new Settings("dark", 1, DEFAULTS.server()));
	}

	@ParameterizedTest
	@EnumSource
	void missingPrimitiveWithoutDefaultsIsInvalid(Kinds kind) {
		DocumentProblem problem = Kinds
			.problem(kind.codec(DocumentOptions.of(Settings.class)).read(kind.content(Map.of("theme", "light"))));
		assertThat(problem.kind()).isEqualTo(Kind.MISMATCH);
		assertThat(problem.message()).contains("'port'").contains("missing");
	}

	@ParameterizedTest
	@EnumSource
	void whatIsServedByDefaultIsNotWritten(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(options());
		Settings light = new Settings("light", 8080, DEFAULTS.server());
		assertThat(kind.tree(codec.write(null, light).content())).isEqualTo(Map.of("theme", "light"));
		byte[] content = kind.content(Map.of("theme", "light"));
		Settings port = new Settings("light", 8080, new Server("localhost", 2, List.of("a", "b")));
		assertThat(kind.tree(codec.write(content, port).content()))
			.isEqualTo(Map.of("theme", "light", "server", Map.of("weight", kind.scalar(BigInteger.TWO))));
	}

	@ParameterizedTest
	@EnumSource
	void defaultsAreWrittenIfTheyAreToBe(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(options().writeDefaults(true));
		byte[] whole = codec.write(null, DEFAULTS).content();
		assertThat(kind.tree(whole)).isEqualTo(kind.tree(encoded(kind, DEFAULTS)));
		byte[] some = kind.content(new TreeMap<>(Map.of("port", 1, "mine", "x")));
		Map<?, ?> tree = (Map<?, ?>) kind
			.tree(codec.write(some, new Settings("light", 1, DEFAULTS.server())).content());
		assertThat(tree.keySet()).hasToString("[mine, port, theme, server]");
		assertThat(tree.get("server")).isEqualTo(((Map<?, ?>) kind.tree(whole)).get("server"));
	}

	private static byte[] encoded(Kinds kind, Object value) {
		try {
			return kind.format().encode(value);
		}
		catch (java.io.IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@ParameterizedTest
	@EnumSource
	void documentOfDefaultsAloneIsNotEmpty(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(options());
		byte[] content = codec.write(null, DEFAULTS).content();
		assertThat(content).isNotEmpty();
		assertThat(Kinds.value(codec.read(content))).isEqualTo(DEFAULTS);
		DocumentCodec<Map<String, String>> free = kind
			.codec(DocumentOptions.of(new TypeReference<Map<String, String>>() {
			}));
		byte[] emptied = free.write(kind.content(Map.of("a", "b")), Map.of()).content();
		assertThat(emptied).isNotEmpty();
		assertThat(Kinds.value(free.read(emptied))).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void keyThatEqualsItsDefaultStaysInTheFile(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(options());
		byte[] content = kind.content(Map.of("port", 9090));
		assertThat(kind.tree(codec.write(content, DEFAULTS).content()))
			.isEqualTo(Map.of("port", kind.scalar(BigInteger.valueOf(8080))));
	}

	@ParameterizedTest
	@EnumSource
	void keyWithADefaultCanNotBeRemoved(Kinds kind) {
		DocumentCodec<Map<String, Integer>> codec = kind
			.codec(DocumentOptions.of(new TypeReference<Map<String, Integer>>() {
			}).defaults(Map.of("a", 1)));
		assertThat(Kinds.value(codec.read(kind.content(Map.of("b", 2))))).isEqualTo(Map.of("a", 1, "b", 2));
		assertThatExceptionOfType(InvalidDocumentException.class)
			.isThrownBy(() -> codec.write(kind.content(Map.of("b", 2)), Map.of("b", 2)))
			.withMessageContaining("'a' would be read as another value")
			.withMessageContaining("default");
	}

	@ParameterizedTest
	@EnumSource
	void nullOverADefaultIsKeptWhereTheFormatHasIt(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(options());
		Settings nothing = new Settings(null, 8080, DEFAULTS.server());
		if (kind.hasNull()) {
			assertThat(Kinds.value(codec.read(codec.write(null, nothing).content()))).isEqualTo(nothing);
		}
		else {
			assertThatExceptionOfType(InvalidDocumentException.class).isThrownBy(() -> codec.write(null, nothing))
				.withMessageContaining("'theme' would be read as another value");
		}
	}

	@ParameterizedTest
	@EnumSource
	void emptyFileIsInvalidAndOneWithNothingButCommentsIsNot(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(options());
		DocumentProblem problem = Kinds.problem(codec.read(new byte[0]));
		assertThat(problem.kind()).isEqualTo(Kind.EMPTY);
		if (kind != Kinds.JSON) {
			byte[] comments = Kinds.bytes("# port = 1\n# theme = x\n");
			assertThat(Kinds.value(codec.read(comments))).isEqualTo(DEFAULTS);
			Edit edit = codec.write(comments, new Settings("light", 8080, DEFAULTS.server()));
			assertThat(Kinds.text(edit.content())).startsWith("# port = 1\n# theme = x\n");
			assertThat(edit.minimal()).isTrue();
			assertThat(kind.tree(edit.content())).isEqualTo(Map.of("theme", "light"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void unchangedValueIsUnchangedContent(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(options());
		byte[] content = kind.content(Map.of("port", 1, "mine", Map.of("x", "y")));
		Settings value = Kinds.value(codec.read(content));
		for (Formatting formatting : Formatting.values()) {
			assertThat(kind.codec(options().formatting(formatting)).write(content, value).content()).isEqualTo(content);
		}
	}

	@ParameterizedTest
	@EnumSource
	void unknownKeysStayInElementsOfListsToo(Kinds kind) {
		DocumentCodec<Team> codec = kind.codec(DocumentOptions.of(Team.class));
		byte[] content = kind.content(Map.of("zone", "x", "members",
				List.of(Map.of("name", "a", "age", 1, "pet", "cat"), Map.of("name", "b", "age", 2, "pet", "dog"))));
		Team value = Kinds.value(codec.read(content));
		Edit edit = codec.write(content, new Team(List.of(value.members().get(0), new Member("b", 3))));
		assertThat(edit.minimal()).isTrue();
		assertThat(Kinds.text(edit.content())).contains("cat").contains("dog").contains("zone");
		assertThat(Kinds.value(codec.read(edit.content())).members().get(1).age()).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void unknownKeysAreKeptByARewriteToo(Kinds kind) {
		DocumentCodec<Team> codec = kind.codec(DocumentOptions.of(Team.class).formatting(Formatting.REWRITE));
		byte[] content = kind.content(Map.of("zone", "x", "members", List.of(Map.of("name", "a", "age", 1))));
		Edit edit = codec.write(content, new Team(List.of(new Member("b", 1))));
		assertThat(kind.tree(edit.content())).asString().contains("zone=x").contains("name=b");
		assertThat(edit.minimal()).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void unknownKeysAreRejectedWithTheirPlace(Kinds kind) {
		DocumentCodec<Team> codec = kind.codec(DocumentOptions.of(Team.class).unknown(UnknownFields.REJECT));
		byte[] content = kind.content(Map.of("members", List.of(Map.of("name", "a", "age", 1),
				new TreeMap<>(Map.of("age", 2, "name", "b", "pet", Map.of("name", "cat"))))));
		DocumentProblem problem = Kinds.problem(codec.read(content));
		assertThat(problem.kind()).isEqualTo(Kind.UNKNOWN_KEY);
		assertThat(problem.message()).isEqualTo("'members[1].pet' is not known");
		String[] lines = Kinds.text(content).split("\n");
		assertThat(lines[problem.line() - 1]).contains("pet");
		assertThat(problem.violations()).hasSize(1);
		byte[] known = kind.content(Map.of("$schema", "team.schema.json", "members", List.of()));
		assertThat(codec.read(known)).isInstanceOf(Reading.Valid.class);
	}

	@ParameterizedTest
	@EnumSource
	void unknownKeysAreDroppedByTheNextWrite(Kinds kind) {
		DocumentCodec<Team> codec = kind.codec(DocumentOptions.of(Team.class).unknown(UnknownFields.DROP));
		byte[] content = kind.content(Map.of("zone", "x", "members",
				List.of(Map.of("name", "a", "age", 1, "pet", "cat"), Map.of("name", "b", "age", 2, "pet", "dog"))));
		Team value = Kinds.value(codec.read(content));
		byte[] written = codec.write(content, new Team(List.of(value.members().get(0), new Member("b", 3)))).content();
		assertThat(Kinds.text(written)).doesNotContain("cat").doesNotContain("dog").doesNotContain("zone");
		assertThat(Kinds.value(codec.read(written)).members()).containsExactly(new Member("a", 1), new Member("b", 3));
	}

	@ParameterizedTest
	@EnumSource
	void keyThatIsReadUnderAnotherNameGetsItsOwn(Kinds kind) {
		DocumentCodec<Paint> codec = kind.codec(DocumentOptions.of(Paint.class));
		byte[] content = kind.content(new TreeMap<>(Map.of("colour", "red", "mine", "x", "size", 1)));
		assertThat(Kinds.value(codec.read(content))).isEqualTo(new Paint("red", 1));
		assertThat(kind.tree(codec.write(content, new Paint("red", 2)).content())).asString()
			.contains("colour=red", "mine=x");
		Edit edit = codec.write(content, new Paint("blue", 1));
		assertThat(Kinds.value(codec.read(edit.content()))).isEqualTo(new Paint("blue", 1));
		assertThat(kind.tree(edit.content())).asString().contains("color=blue", "mine=x");
		DocumentCodec<Paint> strict = kind.codec(DocumentOptions.of(Paint.class).unknown(UnknownFields.REJECT));
		assertThat(Kinds.problem(strict.read(content)).message()).isEqualTo("'mine' is not known");
	}

	@ParameterizedTest
	@EnumSource
	void malformedContentIsReplacedOnlyWhereLossIsAllowed(Kinds kind) {
		byte[] content = Kinds.bytes("a: [\n= {{ \\u12");
		DocumentProblem problem = Kinds.problem(kind.codec(options()).read(content));
		assertThat(problem.kind()).isEqualTo(Kind.MALFORMED);
		assertThat(problem.line()).isPositive();
		assertThat(problem.message()).doesNotContain("line ");
		assertThat(problem.description()).startsWith("line " + problem.line() + ", column " + problem.column() + ": ");
		Settings light = new Settings("light", 8080, DEFAULTS.server());
		Edit edit = kind.codec(options()).write(content, light);
		assertThat(edit.losses()).singleElement().asString().contains("all of the old content");
		assertThat(kind.tree(edit.content())).isEqualTo(Map.of("theme", "light"));
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> kind.codec(options().formatting(Formatting.REQUIRE_MINIMAL)).write(content, light));
	}

	@ParameterizedTest
	@EnumSource
	void contentThatDoesNotFitIsReplacedAndItsUnknownKeysStay(Kinds kind) {
		byte[] content = kind.content(new TreeMap<>(Map.of("mine", "x", "port", "many", "theme", "light")));
		DocumentCodec<Settings> codec = kind.codec(options());
		DocumentProblem problem = Kinds.problem(codec.read(content));
		assertThat(problem.kind()).isEqualTo(Kind.MISMATCH);
		assertThat(problem.message()).isEqualTo("the value of 'port' does not fit the type int");
		String[] lines = Kinds.text(content).split("\n");
		assertThat(lines[problem.line() - 1].substring(problem.column() - 1))
			.startsWith((kind == Kinds.JSON) ? "\"port" : "port");
		assertThat(kind.tree(codec.write(content, DEFAULTS).content())).asString().contains("mine=x", "8080");
	}

	@ParameterizedTest
	@EnumSource
	void sizeIsLimited(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(options().maxSize(40));
		byte[] large = kind.content(Map.of("theme", "x".repeat(50)));
		assertThat(Kinds.problem(codec.read(large)).kind()).isEqualTo(Kind.TOO_LARGE);
		assertThatExceptionOfType(InvalidDocumentException.class)
			.isThrownBy(() -> codec.write(null, new Settings("x".repeat(50), 1, DEFAULTS.server())))
			.withMessageContaining("over the limit of 40")
			.withMessageContaining("nothing was written");
	}

	@ParameterizedTest
	@EnumSource
	void allShapesOfValuesComeBack(Kinds kind) {
		Shapes shapes = new Shapes(Optional.of("x"), LocalDate.of(2026, 11, 28), Duration.ofSeconds(90), Unit.BYTES,
				Map.of("any.key", List.of(1, 2)), new Circle(2), new ArrayList<>(List.of(new Square(3), new Circle(1))),
				new int[] { 1, 2 });
		DocumentCodec<Shapes> codec = kind.codec(DocumentOptions.of(Shapes.class));
		byte[] content = codec.write(null, shapes).content();
		Shapes found = Kinds.value(codec.read(content));
		assertThat(codec.isSame(found, shapes)).isTrue();
		assertThat(found.all()).isEqualTo(shapes.all());
		Shapes other = new Shapes(Optional.empty(), null, null, Unit.NONE, Map.of(), new Square(9), List.of(),
				new int[0]);
		assertThat(codec.isSame(Kinds.value(codec.read(codec.write(content, other).content())), other)).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void mutableBeansHaveDefaultsOfTheirOwnEachTime(Kinds kind) {
		Bean bean = new Bean();
		bean.name = "x";
		DocumentCodec<Bean> codec = kind.codec(DocumentOptions.of(Bean.class).defaults(bean));
		Bean one = Kinds.value(codec.missing());
		one.name = "spoiled";
		one.parts.add("spoiled");
		assertThat(Kinds.value(codec.missing()).name).isEqualTo("x");
		assertThat(Kinds.value(codec.missing()).parts).isEmpty();
		assertThat(kind.tree(codec.write(null, one).content())).asString().contains("spoiled");
	}

	@Test
	void listCanBeTheWholeDocument() {
		DocumentCodec<List<Member>> codec = Kinds.YAML.codec(DocumentOptions.of(new TypeReference<List<Member>>() {
		}));
		byte[] content = Kinds.bytes("# team\n- {name: a, age: 1, pet: cat}\n- name: b # bee\n  age: 2\n");
		List<Member> value = Kinds.value(codec.read(content));
		assertThat(Kinds.text(codec.write(content, List.of(value.get(0), new Member("b", 3))).content()))
			.isEqualTo("# team\n- {name: a, age: 1, pet: cat}\n- name: b # bee\n  age: 3\n");
	}

	@ParameterizedTest
	@EnumSource
	void documentCanBeATreeOfJackson(Kinds kind) {
		DocumentCodec<JsonNode> codec = kind.codec(DocumentOptions.of(JsonNode.class));
		byte[] content = kind.content(new TreeMap<>(Map.of("a", Map.of("b", "x"), "c", List.of("y"))));
		ObjectNode changed = ((ObjectNode) Kinds.value(codec.read(content))).deepCopy();
		changed.put("c", "z").put("d", 1.5);
		byte[] written = codec.write(content, changed).content();
		assertThat(kind.tree(written))
			.isEqualTo(Map.of("a", Map.of("b", "x"), "c", "z", "d", kind.scalar(new java.math.BigDecimal("1.5"))));
	}

	@ParameterizedTest
	@EnumSource
	void setWithoutAnOrderIsTheSame(Kinds kind) {
		DocumentCodec<Bag> codec = kind.codec(DocumentOptions.of(Bag.class));
		Bag bag = new Bag();
		for (int i = 0; i < 50; i++) {
			bag.words.add("w" + i * 7919);
		}
		bag.words.removeIf((word) -> word.hashCode() % 3 == 0);
		Bag found = Kinds.value(codec.read(codec.write(null, bag).content()));
		assertThat(found.words).isEqualTo(bag.words);
	}

	@Test
	void changeThatLosesACommentIsRefusedWhereItMustBeMinimal() {
		DocumentOptions.Builder<Map<String, Object>> options = DocumentOptions
			.of(new TypeReference<Map<String, Object>>() {
			});
		byte[] content = Kinds.bytes("a:\n  # why\n  b: 1\nc: 2\n");
		Map<String, Object> after = Map.of("a", 1, "c", 2);
		Edit edit = Kinds.YAML.codec(options).write(content, after);
		assertThat(edit.losses()).singleElement().asString().contains("line 2: a comment");
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> Kinds.YAML.codec(options.formatting(Formatting.REQUIRE_MINIMAL)).write(content, after))
			.withMessageContaining("line 2: a comment")
			.withMessageContaining("Formatting.MINIMAL");
	}

	@ParameterizedTest
	@EnumSource
	void valuesThatCanNotBeEncodedAreRefused(Kinds kind) {
		DocumentCodec<Object> codec = kind.codec(DocumentOptions.of(Object.class));
		Object value = new Object() {

			public int getBroken() {
				throw new IllegalStateException("no");
			}

		};
		assertThatExceptionOfType(InvalidDocumentException.class).isThrownBy(() -> codec.write(null, value))
			.satisfies((ex) -> assertThat(ex.documentProblem().kind()).isEqualTo(Kind.NOT_WRITABLE));
		assertThat(codec.isSame(value, new Object())).isFalse();
		assertThat(codec.isSame(value, value)).isTrue();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> kind.codec(DocumentOptions.of(Object.class).defaults(value)))
			.withMessageContaining("defaults can't be encoded");
	}

	@ParameterizedTest
	@EnumSource
	void valueThatDecodesToAnotherIsNotWritten(Kinds kind) {
		DocumentCodec<Forgetful> codec = kind.codec(DocumentOptions.of(Forgetful.class));
		assertThatExceptionOfType(InvalidDocumentException.class).isThrownBy(() -> codec.write(null, Forgetful.of(7)))
			.withMessageContaining("'count' would be read as another value")
			.satisfies((ex) -> assertThat(ex.documentProblem().kind()).isEqualTo(Kind.NOT_WRITABLE));
	}

	@ParameterizedTest
	@EnumSource
	void decoderThatThrowsIsAProblem(Kinds kind) {
		DocumentProblem problem = Kinds.problem(
				DocumentCodec
					.of(kind.file(), new PlainFormats.Failing(), DocumentOptions.of(Settings.class).build(),
							InstantSource.system())
					.read(Kinds.bytes("hunter2")));
		assertThat(problem.message()).contains("IllegalStateException")
			.contains("PlainFormats")
			.doesNotContain("hunter2");
	}

	@Test
	void plainFormatWritesTheWholeContent() {
		DocumentOptions<String> options = DocumentOptions.of(String.class).defaults("none").build();
		DocumentCodec<String> codec = DocumentCodec.of(java.nio.file.Path.of("a.txt"), new PlainFormats.Words(),
				options, InstantSource.system());
		assertThat(Kinds.value(codec.missing())).isEqualTo("none");
		byte[] content = codec.write(null, "one").content();
		assertThat(Kinds.text(content)).isEqualTo("word one");
		assertThat(Kinds.value(codec.read(content))).isEqualTo("one");
		Edit edit = codec.write(content, "two");
		assertThat(Kinds.text(edit.content())).isEqualTo("word two");
		assertThat(codec.diff("one", "two")).hasToString("[/: *** -> ***]");
		assertThat(codec.diff("one", "one")).isEmpty();
		codec.fingerprint("one").requireUnchanged();
		DocumentProblem problem = Kinds.problem(codec.read(Kinds.bytes("bad")));
		assertThat(problem.line()).isEqualTo(7);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> DocumentCodec.of(java.nio.file.Path.of("a.txt"), new PlainFormats.Words(),
					options.toBuilder().schema(2).build(), InstantSource.system()))
			.withMessageContaining("EditableFormat");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> DocumentCodec.of(java.nio.file.Path.of("a.txt"), new PlainFormats.Words(),
					options.toBuilder().unknown(UnknownFields.REJECT).build(), InstantSource.system()));
	}

	record Settings(@org.jspecify.annotations.Nullable String theme, int port, Server server) {
	}

	record Server(String host, int weight, List<String> hosts) {
	}

	record Team(List<Member> members) {
	}

	record Member(String name, int age) {
	}

	record Paint(@JsonAlias("colour") String color, int size) {
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
	sealed interface Shape permits Circle, Square {

	}

	record Circle(int radius) implements Shape {
	}

	record Square(int side) implements Shape {
	}

	enum Unit {

		NONE, BYTES

	}

	record Shapes(Optional<String> optional, @org.jspecify.annotations.Nullable LocalDate date,
			@org.jspecify.annotations.Nullable Duration duration, Unit unit, Map<String, List<Integer>> map,
			Shape shape, List<Shape> all, int[] numbers) {
	}

	static class Bean {

		public String name = "";

		public int count;

		public List<String> parts = new ArrayList<>();

	}

	static class Bag {

		public Set<String> words = new HashSet<>(2);

	}

	static class Forgetful {

		private int count;

		static Forgetful of(int count) {
			Forgetful value = new Forgetful();
			value.count = count;
			return value;
		}

		public int getCount() {
			return this.count;
		}

		public void setCount(int count) {
			this.count = Math.min(count, 5);
		}

	}

}

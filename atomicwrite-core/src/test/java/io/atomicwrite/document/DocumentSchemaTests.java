package io.atomicwrite.document;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.atomicwrite.document.DocumentProblem.Kind;
import io.atomicwrite.format.Edit;
import io.atomicwrite.format.TypeReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Schema numbers and migrations.
 */
class DocumentSchemaTests {

	/** 1: colour; 2: theme, a text; 3: theme with a name. */
	private static DocumentOptions.Builder<Settings> options() {
		return DocumentOptions.of(Settings.class)
			.defaults(new Settings(new Theme("dark"), 8080))
			.schema(3)
			.migrate(1, (tree) -> {
				Object colour = tree.remove("colour");
				if (colour != null) {
					tree.put("theme", colour);
				}
				return tree;
			})
			.migrate(2, (tree) -> {
				Object theme = tree.get("theme");
				if (theme != null) {
					tree.put("theme", Map.of("name", theme));
				}
				return tree;
			});
	}

	@ParameterizedTest
	@EnumSource
	void olderContentIsMigratedInMemoryAndByTheNextWriteInTheFile(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(options());
		byte[] content = kind.content(new TreeMap<>(Map.of("colour", "light", "mine", "x")));
		Reading.Valid<Settings> reading = (Reading.Valid<Settings>) codec.read(content);
		assertThat(reading.value()).isEqualTo(new Settings(new Theme("light"), 8080));
		assertThat(reading.migrated()).isTrue();
		assertThat(reading.schema()).isEqualTo(1);
		assertThat(reading.tree()).isEqualTo(Map.of("colour", "light", "mine", "x"));
		byte[] written = codec.write(content, new Settings(new Theme("light"), 1)).content();
		assertThat(kind.tree(written)).isEqualTo(Map.of("schema", kind.scalar(BigInteger.valueOf(3)), "theme",
				Map.of("name", "light"), "port", kind.scalar(BigInteger.ONE), "mine", "x"));
		Reading.Valid<Settings> again = (Reading.Valid<Settings>) codec.read(written);
		assertThat(again.migrated()).isFalse();
		assertThat(again.schema()).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void migrationBeginsWithTheNumberOfTheFile(Kinds kind) {
		byte[] content = kind.content(new TreeMap<>(Map.of("schema", 2, "theme", "light", "colour", "old")));
		Reading.Valid<Settings> reading = (Reading.Valid<Settings>) kind.codec(options()).read(content);
		assertThat(reading.value().theme().name()).isEqualTo("light");
		assertThat(reading.schema()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void newerSchemaCanBeReadAndNotWritten(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(options().unknown(UnknownFields.REJECT));
		byte[] content = kind
			.content(new TreeMap<>(Map.of("newer", "x", "schema", 7, "theme", Map.of("name", "light"))));
		Reading.TooNew<Settings> reading = (Reading.TooNew<Settings>) codec.read(content);
		assertThat(reading.value()).isEqualTo(new Settings(new Theme("light"), 8080));
		assertThat(reading.schema()).isEqualTo(7);
		assertThat(reading.problem().kind()).isEqualTo(Kind.TOO_NEW);
		assertThat(reading.problem().line()).isPositive();
		assertThat(reading.problem().message()).contains("is 7").contains("up to 3");
		assertThatExceptionOfType(InvalidDocumentException.class)
			.isThrownBy(() -> codec.write(content, reading.value()))
			.withMessageContaining("schema 7");
		byte[] other = kind.content(new TreeMap<>(Map.of("schema", 7, "theme", Map.of("name", "x"), "port", "many")));
		DocumentProblem problem = Kinds.problem(codec.read(other));
		assertThat(problem.kind()).isEqualTo(Kind.TOO_NEW);
		assertThat(problem.message()).contains("does not fit the type int");
	}

	@ParameterizedTest
	@EnumSource
	void newFileHasTheNumberAndAFileOfTheFirstSchemaNeedsNone(Kinds kind) {
		DocumentCodec<Settings> first = kind.codec(DocumentOptions.of(Settings.class).schema(1));
		byte[] fresh = first.write(null, new Settings(new Theme("x"), 1)).content();
		assertThat(((Map<?, ?>) kind.tree(fresh)).keySet().iterator().next()).isEqualTo("schema");
		byte[] old = kind.content(new TreeMap<>(Map.of("port", 1, "theme", Map.of("name", "x"))));
		Edit edit = first.write(old, new Settings(new Theme("x"), 2));
		assertThat(Kinds.text(edit.content())).isEqualTo(Kinds.text(old).replace("1", "2"));
	}

	@ParameterizedTest
	@EnumSource
	void numberKeepsItsPlaceAndComment(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(options());
		byte[] content = kind.content(new TreeMap<>(Map.of("port", 1, "schema", 2, "theme", "light")));
		byte[] written = codec.write(content, new Settings(new Theme("light"), 1)).content();
		assertThat(((Map<?, ?>) kind.tree(written)).keySet()).hasToString("[port, schema, theme]");
		assertThat(kind.tree(written)).asString().contains("schema=3");
	}

	@ParameterizedTest
	@EnumSource
	void missingStepHasItsNumber(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(DocumentOptions.of(Settings.class).schema(3));
		DocumentProblem problem = Kinds.problem(codec.read(kind.content(Map.of("schema", 2, "port", 1))));
		assertThat(problem.kind()).isEqualTo(Kind.MIGRATION);
		assertThat(problem.message()).isEqualTo("the migration from schema 2 to 3 is missing");
	}

	@ParameterizedTest
	@EnumSource
	void stepThatThrowsHasItsNumberAndItsPlaceAndNoValue(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(options().migrate(2, (tree) -> {
			throw new IllegalStateException("can't take " + tree);
		}));
		DocumentProblem problem = Kinds.problem(codec.read(kind.content(Map.of("colour", "hunter2"))));
		assertThat(problem.kind()).isEqualTo(Kind.MIGRATION);
		assertThat(problem.message()).startsWith("the migration from schema 2 to 3 failed: ")
			.contains("IllegalStateException at " + DocumentSchemaTests.class.getName())
			.doesNotContain("hunter2");
		for (Object bad : List.of(new Object(), Map.of("schema", 2))) {
			DocumentCodec<Settings> other = kind
				.codec(options().migrate(2, (tree) -> (bad instanceof Map) ? cast(bad) : Map.of("x", bad)));
			assertThat(Kinds.problem(other.read(kind.content(Map.of("colour", "x")))).kind()).isEqualTo(Kind.MIGRATION);
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> cast(Object map) {
		return (Map<String, Object>) map;
	}

	@ParameterizedTest
	@EnumSource
	void numberThatIsNoneIsInvalidWithItsPlace(Kinds kind) {
		for (Object number : List.of("x", "0", "-1", "1.5", "12345678901", Map.of("a", 1))) {
			byte[] content = kind.content(new TreeMap<>(Map.of("port", 1, "schema", number)));
			DocumentProblem problem = Kinds.problem(kind.codec(options()).read(content));
			assertThat(problem.kind()).isEqualTo(Kind.SCHEMA);
			assertThat(Kinds.text(content).split("\n")[problem.line() - 1]).contains("schema");
		}
	}

	@ParameterizedTest
	@EnumSource
	void mapAsTheValueDoesNotHaveTheNumber(Kinds kind) {
		DocumentCodec<Map<String, String>> codec = kind
			.codec(DocumentOptions.of(new TypeReference<Map<String, String>>() {
			}).schema(2).schemaKey("format"));
		byte[] content = kind.content(new TreeMap<>(Map.of("a", "b", "format", 2)));
		assertThat(Kinds.value(codec.read(content))).isEqualTo(Map.of("a", "b"));
		assertThat(kind.tree(codec.write(content, Map.of("a", "c")).content()))
			.isEqualTo(Map.of("a", "c", "format", kind.scalar(BigInteger.TWO)));
		assertThatExceptionOfType(InvalidDocumentException.class)
			.isThrownBy(() -> codec.write(content, Map.of("format", "x")))
			.withMessageContaining("schemaKey");
	}

	@Test
	void typeThatHasTheKeyIsExplained() {
		DocumentCodec<Numbered> codec = Kinds.YAML.codec(DocumentOptions.of(Numbered.class).schema(2));
		assertThat(Kinds.problem(codec.read(Kinds.bytes("schema: 2\nname: x\n"))).message()).contains("schemaKey");
		assertThatExceptionOfType(InvalidDocumentException.class)
			.isThrownBy(() -> codec.write(null, new Numbered(1, "x")))
			.withMessageContaining("schemaKey");
	}

	@Test
	void migrationMustLeadToTheSchema() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> DocumentOptions.of(Settings.class).schema(2).migrate(2, (tree) -> tree).build())
			.withMessageContaining("schema 2");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> DocumentOptions.of(Settings.class).migrate(1, (tree) -> tree).build());
		assertThatIllegalArgumentException().isThrownBy(() -> DocumentOptions.of(Settings.class).schema(0));
	}

	record Settings(Theme theme, int port) {
	}

	record Theme(String name) {
	}

	record Numbered(int schema, String name) {
	}

}

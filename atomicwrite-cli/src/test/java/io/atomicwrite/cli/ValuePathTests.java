package io.atomicwrite.cli;

import java.util.List;
import java.util.Map;

import io.atomicwrite.cli.ValuePath.Kind;
import io.atomicwrite.cli.ValuePath.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ValuePath}, {@link Assignment} and {@link Located}.
 */
class ValuePathTests {

	private static final Map<String, Object> TREE = Map.of("a", Map.of("b.c", 1, "list", List.of("x", "y")), "s", "t");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			a              | KEY a
			.a.b           | KEY a, KEY b
			.              |
			a."b.c".d      | KEY a, KEY b.c, KEY d
			hosts[0]       | KEY hosts, PLACE 0
			hosts[-1].x    | KEY hosts, PLACE -1, KEY x
			hosts[+]       | KEY hosts, APPEND +
			[2][3]         | PLACE 2, PLACE 3
			map[any.key]   | KEY map, KEY any.key
			map["x]y"].z   | KEY map, KEY x]y, KEY z
			/a/b~1c/~0/0   | TOKEN a, TOKEN b/c, TOKEN ~, TOKEN 0
			/              | TOKEN
			server port-é  | KEY server port-é
			""")
	void path(String text, String steps) {
		List<String> found = ValuePath.parse(text)
			.steps()
			.stream()
			.map((step) -> (step.kind() + " " + step.key()).trim())
			.toList();
		assertThat(String.join(", ", found)).isEqualTo((steps != null) ? steps : "");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			``       | is empty
			a.       | lacks a key at character 3
			a..b     | lacks a key at character 3
			"a       | quote that is not closed
			a[0      | bracket that is not closed
			a["x"    | bracket that is not closed
			a[]      | nothing between its brackets
			a[0]b    | needs a dot or a bracket before character 5
			a]       | needs a dot or a bracket before character 2
			a"b"     | needs a dot or a bracket before character 2
			""")
	void noPath(String text, String message) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> ValuePath.parse(text))
			.matches((failure) -> failure.what().contains(message), message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			a=b            | a             | b
			a.b==c=        | a.b           | =c=
			"x=y".z=1      | "x=y".z       | 1
			m[k=v]=w       | m[k=v]        | w
			a=             | a             |
			/a/b=/c=d      | /a/b          | /c=d
			""")
	void assignment(String text, String path, String value) {
		Assignment assignment = Assignment.parse(text, "PATH=VALUE");
		assertThat(assignment.path().text()).isEqualTo(path);
		assertThat(assignment.value()).isEqualTo((value != null) ? value : "");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			s3cret
			a..b=s3cret
			"a=s3cret
			a[=s3cret
			=s3cret
			""")
	void noMessageNamesAValue(String text) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> Assignment.parse(text, "PATH=VALUE"))
			.matches((failure) -> !failure.what().contains("s3cret"), "names no value");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			a.list[1]    | true  | y
			a.list[-2]   | true  | x
			/a/list/0    | true  | x
			/a/list/-    | false |
			a."b.c"      | true  | 1
			a.list[2]    | false |
			a.list[99999999999] | false |
			a.x.y[3]     | false |
			/s           | true  | t
			""")
	void located(String path, boolean present, String value) {
		Located place = Located.find(TREE, ValuePath.parse(path), DataFormat.JSON);
		assertThat(place.present()).isEqualTo(present);
		assertThat(String.valueOf(place.value())).isEqualTo(String.valueOf(value));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			s.x          | leads through a single value
			a[0]         | takes a map for a list
			a.list.x     | takes a list for a map
			""")
	void wrongTurn(String path, String message) {
		for (DataFormat format : new DataFormat[] { DataFormat.JSON, DataFormat.YAML, DataFormat.TOML }) {
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> Located.find(TREE, ValuePath.parse(path), format))
				.matches((failure) -> failure.what().contains(message), message);
		}
	}

	@Test
	void placeToPutHasWhatIsMissingOnTheWay() {
		assertThat(toPut("a.list[+]")).containsExactly("a", "list", 2);
		assertThat(toPut("/a/list/-")).containsExactly("a", "list", 2);
		assertThat(toPut("new.list[0].x[+]")).containsExactly("new", "list", 0, "x", 0);
		assertThat(toPut("/new/0")).containsExactly("new", "0");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> toPut("a.list[2]"))
			.matches((failure) -> failure.what().contains("beyond a list of 2 elements"));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> toPut("a.list[-3]"))
			.matches((failure) -> failure.what().contains("beyond a list of 2 elements"));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> toPut("a.new[1]"))
			.matches((failure) -> failure.what().contains("a list that does not exist"));
	}

	private static List<Object> toPut(String path) {
		return Located.toPut(TREE, ValuePath.parse(path), DataFormat.YAML).path();
	}

	@Test
	void keyOfPropertiesMayHaveAValueAndKeysBelow() {
		Map<String, Object> log = Map.of("log", Map.of("A", "x", "A.layout", "y"), "m", Map.of("1", "z"));
		assertThat(Located.find(log, ValuePath.parse("log.A.layout"), DataFormat.PROPERTIES).value()).isEqualTo("y");
		assertThat(Located.find(log, ValuePath.parse("log.A"), DataFormat.PROPERTIES).value()).isEqualTo("x");
		assertThat(Located.find(log, ValuePath.parse("m[1]"), DataFormat.PROPERTIES).value()).isEqualTo("z");
		assertThat(Located.toPut(log, ValuePath.parse("log.A.file[0]"), DataFormat.PROPERTIES).path())
			.containsExactly("log", "A.file", 0);
	}

	@Test
	void quoteAndBackslashAreEscaped() {
		assertThat(ValuePath.parse("\"a\\\"b\\\\\".c").steps()).containsExactly(Step.key("a\"b\\"), Step.key("c"));
	}

	@Test
	void tokenIsAPlaceInAListAlone() {
		assertThat(Step.token("7").inList()).isEqualTo(Step.place("7"));
		assertThat(Step.token("-").inList().kind()).isEqualTo(Kind.APPEND);
		assertThat(Step.token("x").inList().kind()).isEqualTo(Kind.KEY);
	}

}

package io.atomicwrite.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.atomicwrite.document.DocumentProblem.Kind;
import io.atomicwrite.format.TypeReference;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Constraints, conditions and validators.
 */
class DocumentValidationTests {

	@ParameterizedTest
	@EnumSource
	void constraintsOfJakartaValidationHaveTheLineOfTheirKey(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(DocumentOptions.of(Settings.class));
		byte[] content = kind.content(ordered("name", "x", "servers",
				List.of(ordered("host", "a", "port", 1), ordered("host", "b", "port", 70000))));
		DocumentProblem problem = Kinds.problem(codec.read(content));
		assertThat(problem.kind()).isEqualTo(Kind.VIOLATION);
		assertThat(problem.message()).isEqualTo("'servers[1].port' must be less than or equal to 65535");
		assertThat(Kinds.text(content).split("\n")[problem.line() - 1]).contains("70000");
		byte[] good = kind.content(ordered("name", "x", "servers", List.of(ordered("host", "a", "port", 1))));
		assertThat(codec.read(good)).isInstanceOf(Reading.Valid.class);
	}

	@ParameterizedTest
	@EnumSource
	void conditionsHaveTheLineOfTheirKey(Kinds kind) {
		for (String field : List.of("servers[1].port", "/servers/1/port")) {
			DocumentCodec<Settings> codec = kind.codec(DocumentOptions.of(Settings.class)
				.validate(field, (settings) -> settings.servers().get(1).port() > 1, "must be greater than 1")
				.validate("name", (settings) -> !settings.name().equals("x"), "must not be that"));
			byte[] content = kind.content(ordered("name", "x", "servers",
					List.of(ordered("host", "a", "port", 7), ordered("host", "b", "port", 1))));
			DocumentProblem problem = Kinds.problem(codec.read(content));
			assertThat(problem.message())
				.isEqualTo("'servers[1].port' must be greater than 1; 'name' must not be that");
			assertThat(problem.violations()).hasSize(2);
			assertThat(problem.violations().get(1).line()).isPositive().isLessThan(problem.line());
			assertThat(Kinds.text(content).split("\n")[problem.line() - 1]).contains("port").contains("1");
		}
	}

	@ParameterizedTest
	@EnumSource
	void newValueIsValidatedBeforeItIsWritten(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(DocumentOptions.of(Settings.class));
		Settings bad = new Settings(" ", List.of(), Map.of(), null);
		assertThatExceptionOfType(InvalidDocumentException.class).isThrownBy(() -> codec.write(null, bad))
			.withMessageContaining("'name' must not be blank")
			.withMessageContaining("nothing was written")
			.satisfies((ex) -> {
				assertThat(ex.documentProblem().kind()).isEqualTo(Kind.VIOLATION);
				assertThat(ex.documentProblem().violations()).hasSize(1);
				assertThat(ex.target()).isEqualTo(kind.file());
			});
	}

	@Test
	void pathsOfConstraintsLeadThroughListsMapsAndElements() {
		Settings bad = new Settings("x", List.of(), Map.of("any.key", new Server("", 1)), List.of("a", "bcd"));
		DocumentProblem problem = violation(DocumentOptions.of(Settings.class), bad);
		assertThat(problem.violations()).extracting(DocumentProblem.Violation::field)
			.containsExactly("named[any.key].host", "tags[1]");
		DocumentProblem whole = violation(DocumentOptions.of(Range.class), new Range(2, 1));
		assertThat(whole.message()).isEqualTo("'ordered' must not be reversed");
	}

	@Test
	void elementsOfADocumentThatIsAListOrAMapAreValidated() {
		assertThat(violation(DocumentOptions.of(new TypeReference<List<Server>>() {
		}), List.of(new Server("a", 1), new Server("", 1))).message()).isEqualTo("'[1].host' must not be blank");
		assertThat(violation(DocumentOptions.of(new TypeReference<Map<String, Server>>() {
		}), Map.of("k", new Server("", 1))).message()).isEqualTo("'k.host' must not be blank");
	}

	@Test
	void messageNeverHasTheValue() {
		Quoting bad = new Quoting("hunter2", "hunter3");
		String message = violation(DocumentOptions.of(Quoting.class), bad).message();
		assertThat(message).isEqualTo("'first' *** is not allowed; 'second' not ***!");
	}

	@Test
	void validatorThatThrowsIsAViolationWithoutValues() {
		DocumentValidator<Range> failing = (value, violations) -> {
			throw new IllegalStateException("can't validate " + value);
		};
		String message = violation(DocumentOptions.of(Range.class).validate(failing), new Range(1, 20)).message();
		assertThat(message).contains("can't be validated: java.lang.IllegalStateException at ").doesNotContain("20");
	}

	@Test
	void constraintsCanBeSwitchedOffOrBeThoseOfAnotherValidator() {
		Server bad = new Server("", 1);
		assertThat(Kinds.YAML.codec(DocumentOptions.of(Server.class).constraints(false)).write(null, bad)).isNotNull();
		try (var factory = Validation.buildDefaultValidatorFactory()) {
			assertThat(violation(DocumentOptions.of(Server.class)
				.constraints(false)
				.validate(JakartaValidator.of(factory.getValidator())), bad).message())
				.isEqualTo("'host' must not be blank");
		}
	}

	@Test
	void defaultsThatAreNotValidNeedAFile() {
		DocumentCodec<Server> codec = Kinds.YAML.codec(DocumentOptions.of(Server.class).defaults(new Server("", 1)));
		DocumentProblem problem = Kinds.problem(codec.missing());
		assertThat(problem.kind()).isEqualTo(Kind.MISSING);
		assertThat(problem.message()).contains("defaults are not valid").contains("'host' must not be blank");
		assertThat(Kinds.value(codec.read(Kinds.bytes("host: a\n")))).isEqualTo(new Server("a", 1));
	}

	@Test
	void placeOfAMissingFieldIsThatOfTheNearestOne() {
		DocumentCodec<Settings> codec = Kinds.YAML.codec(DocumentOptions.of(Settings.class)
			.defaults(new Settings("x", List.of(), Map.of("a", new Server("h", 99999)), List.of())));
		DocumentProblem problem = Kinds.problem(codec.read(Kinds.bytes("name: y\nnamed:\n  a: {host: b}\n")));
		assertThat(problem.description()).startsWith("line 3, column 3: 'named.a.port' must be");
		assertThat(Kinds.problem(codec.read(Kinds.bytes("# nothing\n"))).line()).isZero();
	}

	private static <T> DocumentProblem violation(DocumentOptions.Builder<T> options, T value) {
		try {
			Kinds.JSON.codec(options).write(null, value);
		}
		catch (InvalidDocumentException ex) {
			return ex.documentProblem();
		}
		throw new AssertionError("valid");
	}

	private static Map<String, Object> ordered(Object... pairs) {
		Map<String, Object> map = new java.util.LinkedHashMap<>();
		for (int i = 0; i < pairs.length; i += 2) {
			map.put((String) pairs[i], pairs[i + 1]);
		}
		return map;
	}

	record Settings(@NotBlank String name, List<@Valid Server> servers, Map<String, @Valid Server> named,
			List<@Size(max = 2) String> tags) {

		Settings {
			servers = (servers != null) ? new ArrayList<>(servers) : List.of();
		}

	}

	record Server(@NotBlank String host, @Max(65535) int port) {
	}

	record Range(int from, int to) {

		@AssertTrue(message = "must not be reversed")
		public boolean isOrdered() {
			return this.from <= this.to;
		}

	}

	record Quoting(@Pattern(regexp = "x", message = "${validatedValue} is not allowed") String first,
			@Pattern(regexp = "x", message = "not hunter3!") String second) {
	}

}

package io.atomicwrite.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.atomicwrite.document.FieldChange.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Differences of values, with secrets masked, and functions that change the old value.
 */
class DocumentDiffTests {

	private static final DocumentOptions.Builder<Settings> OPTIONS = DocumentOptions.of(Settings.class)
		.secret("/users/*/password", "/keys");

	@ParameterizedTest
	@EnumSource
	void differencesAreThoseOfFields(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(OPTIONS);
		Settings before = new Settings("a/b", List.of(new User("x", "p1"), new User("y", "p2")), Map.of("k~1", "s1"));
		Settings after = new Settings("c", List.of(new User("x", "p1"), new User("z", "p3"), new User("n", "p4")),
				Map.of("k~1", "s2", "k2", "s3"));
		List<FieldChange> diff = codec.diff(before, after);
		assertThat(diff).extracting(FieldChange::pointer)
			.containsExactly("/name", "/users/1/name", "/users/1/password", "/users/2", "/keys/k~01", "/keys/k2");
		assertThat(diff.get(0)).isEqualTo(new FieldChange("/name", "a/b", "c", Kind.CHANGED));
		assertThat(diff.get(2)).isEqualTo(new FieldChange("/users/1/password", "***", "***", Kind.CHANGED));
		assertThat(diff.get(3))
			.isEqualTo(new FieldChange("/users/2", null, Map.of("name", "n", "password", "***"), Kind.ADDED));
		assertThat(diff.get(5)).isEqualTo(new FieldChange("/keys/k2", null, "***", Kind.ADDED));
		String text = new Change<>(before, after, diff).toString();
		assertThat(text).contains("/name: a/b -> c", "/users/1/password: *** -> ***", "/users/2: added {")
			.doesNotContainPattern("[ps][1-4]");
		assertThat(codec.diff(after, before)).extracting(FieldChange::kind).contains(Kind.REMOVED);
		assertThat(codec.diff(before, before)).isEmpty();
		assertThat(new Change<>(before, before, List.of()).isEmpty()).isTrue();
	}

	@Test
	void secretPlacesNeedNoStar() {
		Secrets secrets = new Secrets(List.of("/users/1/password", "/a~1b"));
		assertThat(secrets.masked(FieldPath.WHOLE,
				Map.of("users", List.of(Map.of("password", "p"), Map.of("password", "q")))))
			.isEqualTo(Map.of("users", List.of(Map.of("password", "p"), Map.of("password", "***"))));
		assertThat(secrets.masked(FieldPath.WHOLE, Map.of("a/b", Map.of("c", 1)))).isEqualTo(Map.of("a/b", "***"));
		assertThat(new Secrets(List.of("")).masked(FieldPath.WHOLE, Map.of("a", 1))).isEqualTo("***");
		assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.secret("users"));
	}

	@Test
	void readingsShowNoValues() {
		Settings value = new Settings("hunter2", List.of(), Map.of());
		assertThat(new Reading.Valid<>(value, Map.of("name", "hunter2"), 1, false)).asString()
			.doesNotContain("hunter2");
		assertThat(new Reading.TooNew<>(value, 2,
				DocumentProblem.of(Kinds.YAML.file(), DocumentProblem.Kind.TOO_NEW, 0, 0, "x")))
			.asString()
			.doesNotContain("hunter2");
	}

	@Test
	void pathsAreParsedAndSpelled() {
		assertThat(FieldPath.parse("a.b[1].c[any.key]").steps()).containsExactly("a", "b", 1, "c", "any.key");
		assertThat(FieldPath.parse("a.b[1].c[any.key]").field()).isEqualTo("a.b[1].c[any.key]");
		assertThat(FieldPath.parse("/a~1b/~0/1").steps()).containsExactly("a/b", "~", "1");
		assertThat(FieldPath.parse("/a~1b/~0/1").pointer()).isEqualTo("/a~1b/~0/1");
		assertThat(FieldPath.parse(new FieldPath(List.of("/etc", "x")).field()).steps()).containsExactly("/etc", "x");
		assertThat(FieldPath.parse("").steps()).isEmpty();
		assertThat(FieldPath.parse("a..b[").steps()).containsExactly("a..b[");
		assertThat(FieldPath.parse("/l/1").in(Map.of("l", List.of("x", "y"))).field()).isEqualTo("l[1]");
	}

	@ParameterizedTest
	@EnumSource
	void functionThatChangesTheOldValueIsFoundOut(Kinds kind) {
		DocumentCodec<Bean> codec = kind.codec(DocumentOptions.of(Bean.class));
		Bean bean = new Bean();
		Fingerprint fingerprint = codec.fingerprint(bean);
		fingerprint.requireUnchanged();
		bean.name = "hunter2";
		bean.parts.add("x");
		assertThatIllegalStateException().isThrownBy(fingerprint::requireUnchanged)
			.withMessageContaining("/name, /parts")
			.withMessageContaining("return a changed copy")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("hunter2"));
	}

	record Settings(String name, List<User> users, Map<String, String> keys) {

		Settings {
			keys = new java.util.TreeMap<>(keys);
		}

	}

	record User(String name, String password) {
	}

	static class Bean {

		public String name = "x";

		public List<String> parts = new ArrayList<>();

	}

}

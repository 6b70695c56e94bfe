package io.atomicwrite.document;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import io.atomicwrite.document.DocumentProblem.Kind;
import io.atomicwrite.format.Edit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What users of other libraries complain about, as far as it concerns values.
 */
class DocumentComplaintTests {

	private static final Settings DEFAULTS = new Settings("dark", 8080, List.of());

	/**
	 * Complaint 1, electron-store#35 and #86: a stray comma empties the store.
	 */
	@ParameterizedTest
	@EnumSource
	void complaint1StrayCommaDoesNotMakeItTheDefaults(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(DocumentOptions.of(Settings.class).defaults(DEFAULTS));
		byte[] content = Kinds.bytes(switch (kind) {
			case JSON -> "{\n  \"theme\": \"light\",,\n  \"port\": 1\n}\n";
			case YAML -> "theme: light\nport: [1,,]]\n";
			case TOML -> "theme = \"light\",\nport = 1\n";
			case PROPERTIES -> "theme=light\nport=1,\n";
		});
		DocumentProblem problem = Kinds.problem(codec.read(content));
		assertThat(problem.kind()).isEqualTo((kind == Kinds.PROPERTIES) ? Kind.MISMATCH : Kind.MALFORMED);
		assertThat(problem.line()).isPositive();
		assertThat(problem.column()).isPositive();
		assertThat(problem.message()).doesNotContain("light");
	}

	/**
	 * Complaint 1 as well: what a write leaves that broke off at once is no empty store.
	 */
	@ParameterizedTest
	@EnumSource
	void complaint1EmptyFileDoesNotMakeItTheDefaults(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(DocumentOptions.of(Settings.class).defaults(DEFAULTS));
		assertThat(Kinds.problem(codec.read(new byte[0])).kind()).isEqualTo(Kind.EMPTY);
	}

	/**
	 * Complaint 4, sq#796 and avibe#2079: a downgrade strips the fields that a newer
	 * version has written.
	 */
	@ParameterizedTest
	@EnumSource
	void complaint4DowngradeKeepsWhatTheNewerVersionHasWritten(Kinds kind) {
		DocumentCodec<NewerSettings> newer = kind.codec(DocumentOptions.of(NewerSettings.class).schema(2));
		byte[] content = newer
			.write(null, new NewerSettings("light", 1, List.of(new NewerPlugin("a", true, "x")), Map.of("k", "v")))
			.content();
		DocumentCodec<Settings> sameSchema = kind.codec(DocumentOptions.of(Settings.class).schema(2));
		Settings read = Kinds.value(sameSchema.read(content));
		Edit edit = sameSchema.write(content, new Settings("dark", 1, List.of(new Plugin("a", false))));
		assertThat(read.plugins()).containsExactly(new Plugin("a", true));
		assertThat(Kinds.value(newer.read(edit.content())))
			.isEqualTo(new NewerSettings("dark", 1, List.of(new NewerPlugin("a", false, "x")), Map.of("k", "v")));
		DocumentCodec<Settings> older = kind.codec(DocumentOptions.of(Settings.class).schema(1));
		Reading.TooNew<Settings> tooNew = (Reading.TooNew<Settings>) older.read(content);
		assertThat(tooNew.schema()).isEqualTo(2);
		assertThat(tooNew.value().theme()).isEqualTo("light");
		assertThatExceptionOfType(InvalidDocumentException.class)
			.isThrownBy(() -> older.write(content, tooNew.value()));
	}

	/**
	 * Complaint 12, spring-cloud-commons#844: records never refresh.
	 */
	@ParameterizedTest
	@EnumSource
	void complaint12RecordGetsTheNewContent(Kinds kind) {
		DocumentCodec<Settings> codec = kind.codec(DocumentOptions.of(Settings.class).defaults(DEFAULTS));
		Settings first = Kinds.value(codec.read(kind.content(Map.of("theme", "light", "port", 1))));
		Settings second = Kinds.value(codec.read(kind.content(Map.of("port", 2))));
		assertThat(first).isEqualTo(new Settings("light", 1, List.of()));
		assertThat(second).isEqualTo(new Settings("dark", 2, List.of()));
		assertThat(codec.diff(first, second)).hasToString("[/theme: light -> dark, /port: 1 -> 2]");
	}

	/**
	 * Complaint 13, viper#1006 and Configurate#146: comments are dropped.
	 */
	@ParameterizedTest
	@EnumSource
	void complaint13CommentsStay(Kinds kind) {
		DocumentCodec<Settings> codec = (kind == Kinds.JSON)
				? DocumentCodec.of(kind.file(), io.atomicwrite.format.jackson.JacksonJsonFormat.withComments(),
						DocumentOptions.of(Settings.class).defaults(DEFAULTS).build(), InstantSource.system())
				: kind.codec(DocumentOptions.of(Settings.class).defaults(DEFAULTS));
		String text = switch (kind) {
			case JSON -> "// head\n{\n  /* eyes */ \"theme\" : \"light\", // behind\n\n  \"port\": 1 // end\n}\n";
			case YAML -> "# head\ntheme:   'light'   # behind\n\nport: 1 # end\n# foot\n";
			case TOML -> "# head\ntheme   = 'light'   # behind\n\nport = 1 # end\n# foot\n";
			case PROPERTIES -> "# head\ntheme   : light\n\n! port\nport = 1\n# foot\n";
		};
		Edit edit = codec.write(Kinds.bytes(text), new Settings("dark", 1, List.of()));
		assertThat(Kinds.text(edit.content())).isEqualTo(text.replace("light", "dark"));
		assertThat(edit.minimal()).isTrue();
	}

	@Test
	void complaint13FormattingIsThatOfTheFile() {
		String text = "theme: light\nplugins:\n    - {name: a, on: true} # first\n    - name: b\n      on: false\n";
		DocumentCodec<Settings> codec = Kinds.YAML.codec(DocumentOptions.of(Settings.class).defaults(DEFAULTS));
		Edit edit = codec.write(Kinds.bytes(text),
				new Settings("light", 9, List.of(new Plugin("a", true), new Plugin("b", true))));
		assertThat(Kinds.text(edit.content()))
			.isEqualTo("theme: light\nport: 9\n" + text.substring(13).replace("on: false", "on: true"));
	}

	record Settings(String theme, int port, List<Plugin> plugins) {
	}

	record Plugin(String name, boolean on) {
	}

	record NewerSettings(String theme, int port, List<NewerPlugin> plugins, Map<String, String> labels) {
	}

	record NewerPlugin(String name, boolean on, String icon) {
	}

}

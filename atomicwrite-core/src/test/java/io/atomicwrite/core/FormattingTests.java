package io.atomicwrite.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.atomicwrite.FormatException;
import io.atomicwrite.Remedy;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Updates and writes of values leave the rest of the text of a file alone.
 */
class FormattingTests {

	private static final String OLD = "# head\ntheme: 'dark'  # for the eyes\nnewer: {kept: 1.10}\ncount: 1\n";

	private final AtomicFileTemplate template = AtomicFileTemplate.create();

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void write() throws Exception {
		this.file = Files.writeString(this.directory.resolve("settings.yaml"), OLD);
	}

	@Test
	void updateChangesTheValueAlone() {
		UpdateResult<Settings> result = this.template.update(this.file, Settings.class,
				(settings) -> new Settings("light", settings.count()));
		assertThat(this.file).hasContent(OLD.replace("dark", "light"));
		assertThat(result.result().warnings()).isEmpty();
		assertThat(result.version()).isEqualTo(this.template.version(this.file));
	}

	@Test
	void writeValueChangesTheValueAlone() {
		WriteResult result = this.template.writeValue(this.file, new Settings("dark", 2));
		assertThat(this.file).hasContent(OLD.replace("count: 1", "count: 2"));
		assertThat(result.version()).contains(this.template.version(this.file));
		assertThat(result.size()).isEqualTo(OLD.length());
		this.template.writeValue(this.file, new Settings("dark", 2));
		assertThat(this.file).hasContent(OLD.replace("count: 1", "count: 2"));
	}

	@Test
	void writeValueOfAMapRemovesWhatItDoesNotHave() {
		this.template.writeValue(this.file, Map.of("count", 1, "theme", "dark"));
		assertThat(this.file).hasContent("# head\ntheme: 'dark'  # for the eyes\ncount: 1\n");
	}

	@Test
	void rewriteWritesTheValueAnew() {
		this.template.update(this.file, Settings.class, (settings) -> new Settings("light", 2),
				(options) -> options.formatting(Formatting.REWRITE));
		assertThat(this.file).hasContent("theme: light\ncount: 2\n");
	}

	@Test
	void updateOfAMalformedFileFailsAndChangesNothing() throws Exception {
		Files.writeString(this.file, "theme: [dark");
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> this.template.update(this.file, Settings.class, (settings) -> new Settings("light", 2)))
			.withMessageContaining("line 1, column ")
			.withMessageNotContaining("dark");
		assertThat(this.file).hasContent("theme: [dark");
	}

	@ParameterizedTest
	@ValueSource(strings = { "theme: [dark", "- a list\n", "", "\u0000" })
	void writeValueReplacesWhatIsNoSuchValue(String old) throws Exception {
		Files.writeString(this.file, old);
		this.template.writeValue(this.file, new Settings("light", 2));
		assertThat(this.template.readValue(this.file, Settings.class)).isEqualTo(new Settings("light", 2));
	}

	@Test
	void writeValueOverMalformedContentWarnsAndIsRefusedIfItMustBeMinimal() throws Exception {
		Files.writeString(this.file, "theme: [hunter2");
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> this.template.writeValue(this.file, new Settings("light", 2),
					(options) -> options.formatting(Formatting.REQUIRE_MINIMAL)))
			.withMessageContaining("malformed")
			.withMessageContaining(Remedy.ALLOW_REWRITE.text());
		assertThat(this.file).hasContent("theme: [hunter2");
		assertThat(this.template.writeValue(this.file, new Settings("light", 2)).warnings()).singleElement()
			.asString()
			.contains("malformed: line 1")
			.doesNotContain("hunter2");
	}

	@Test
	void whatCouldNotBeKeptIsAWarningWithItsLine() throws Exception {
		Files.writeString(this.file, "theme: dark\ncount: &one 1 # one\nother: *one\n");
		Settings light = new Settings("dark", 2);
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> this.template.update(this.file, Settings.class, (settings) -> light,
					(options) -> options.formatting(Formatting.REQUIRE_MINIMAL)))
			.withMessageContaining("line 3: an alias");
		UpdateResult<Settings> result = this.template.update(this.file, Settings.class, (settings) -> light);
		assertThat(this.file).hasContent("theme: dark\ncount: &one 2 # one\nother: 1\n");
		assertThat(result.result().warnings()).containsExactly("not kept by the change of a value: line 3: an alias");
		assertThat(result.outcome()).isEqualTo(WriteOutcome.DURABLE);
	}

	@Test
	void newFileAndOtherOptionsAreAsEver() {
		Path other = this.directory.resolve("new.yml");
		this.template.writeValue(other, new Settings("dark", 1), (options) -> options.lock(LockRequest.none()));
		assertThat(other).hasContent("theme: dark\ncount: 1\n");
		this.template.writeValue(other, new Settings("dark", 2), (options) -> options.lock(LockRequest.none()));
		assertThat(other).hasContent("theme: dark\ncount: 2\n");
	}

	@Test
	void linkThatIsReplacedHasNoOldContent() throws Exception {
		Path link = Files.createSymbolicLink(this.directory.resolve("link.yaml"), this.file);
		this.template.writeValue(link, new Settings("light", 2), (options) -> options.symlinks(SymlinkPolicy.REPLACE));
		assertThat(link).isRegularFile().hasContent("theme: light\ncount: 2\n");
		assertThat(this.file).hasContent(OLD);
	}

	/**
	 * Settings.
	 *
	 * @param theme a text
	 * @param count a number
	 */
	record Settings(String theme, int count) {
	}

}

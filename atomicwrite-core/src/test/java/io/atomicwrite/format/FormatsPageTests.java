package io.atomicwrite.format;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.format.jackson.JacksonJsonFormat;
import io.atomicwrite.format.jackson.JacksonYamlFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of formats shows what happens: its examples are these, and its numbers are
 * those of the limits.
 */
class FormatsPageTests {

	private static final Path PAGE = Path.of("../docs/reference/formats.md");

	@Test
	void diffIsThatOfTheUpdate(@TempDir Path directory) throws Exception {
		Matcher diff = Pattern.compile("```diff\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
		assertThat(diff.find()).isTrue();
		String before = lines(diff.group(1), '+');
		String after = lines(diff.group(1), '-');
		assertThat(Files.readString(PAGE)).contains(
				"template.update(Path.of(\"settings.yaml\"), Settings.class, old -> new Settings(\"light\", old.count()));");
		AtomicFileTemplate template = AtomicFileTemplate.builder()
			.format(JacksonJsonFormat.withComments()) // JSON that may have comments
			.build();
		Path file = Files.writeString(directory.resolve("settings.yaml"), before);
		template.update(file, Settings.class, (old) -> new Settings("light", old.count()));
		assertThat(file).hasContent(after);
	}

	private static String lines(String diff, char without) {
		StringBuilder out = new StringBuilder();
		diff.lines()
			.filter((line) -> line.charAt(0) != without)
			.forEach((line) -> out.append(line.substring(1)).append('\n'));
		return out.toString();
	}

	@Test
	void limitsAreThoseOfThePage() throws Exception {
		FormatLimits limits = FormatLimits.defaults();
		assertThat(Files.readString(PAGE)).contains("| " + limits.size() / 1024 / 1024 + " MiB |")
			.contains("| " + limits.depth() + " levels |")
			.contains(String.format("| %,d characters |", limits.numberLength()))
			.contains(String.format("| %,d; an alias", limits.aliasNodes()));
		assertThat(new JacksonYamlFormat(FormatLimits.defaults().withSize(1024)).limits().size()).isEqualTo(1024);
	}

	@Test
	void linesFit() throws Exception {
		assertThat(Files.readAllLines(PAGE, StandardCharsets.UTF_8))
			.allSatisfy((line) -> assertThat(line.length()).as(line).isLessThanOrEqualTo(160));
	}

	record Settings(String theme, int count) {
	}

}

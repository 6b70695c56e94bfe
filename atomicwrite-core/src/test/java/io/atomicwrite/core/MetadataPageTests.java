package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.atomicwrite.core.MetadataReport.Kind;
import io.atomicwrite.test.ShowsRow;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of metadata has a row for each kind that can be lost, and each row names the
 * class of the tests that show it.
 */
class MetadataPageTests {

	private static final Path PAGE = Path.of("../docs/reference/metadata.md");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z ]+) \\| ([a-z ]+) \\| .* \\| `(\\w+)` \\|$");

	/** New with every write, which is nothing to report. */
	private static final String TIMES = "times";

	@Test
	void eachKindHasARow() throws IOException {
		List<String> kinds = new ArrayList<>(Arrays.stream(Kind.values()).map(Kind::text).toList());
		kinds.add(TIMES);
		assertThat(rows()).extracting((row) -> row.group(1)).containsExactlyInAnyOrderElementsOf(kinds);
		assertThat(rows()).extracting((row) -> row.group(2))
			.containsOnly("kept where possible", "lost and reported", "lost");
	}

	@Test
	void eachRowIsShownByTheTestsItNames() throws IOException {
		Set<String> shown = Stream.of(RightsTests.class, MetadataTests.class)
			.flatMap((tests) -> Arrays.stream(tests.getDeclaredMethods()))
			.filter((method) -> method.isAnnotationPresent(ShowsRow.class))
			.flatMap((method) -> Arrays.stream(method.getAnnotation(ShowsRow.class).value())
				.map((row) -> row + " by " + method.getDeclaringClass().getSimpleName()))
			.collect(Collectors.toSet());
		assertThat(shown).containsExactlyInAnyOrderElementsOf(
				rows().stream().map((row) -> row.group(1) + " by " + row.group(3)).toList());
	}

	private static List<MatchResult> rows() throws IOException {
		return ROW.matcher(Files.readString(PAGE)).results().toList();
	}

}

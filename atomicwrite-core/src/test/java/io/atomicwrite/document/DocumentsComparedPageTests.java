package io.atomicwrite.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the page that compares documents: each answer of ours names a test that
 * exists.
 */
class DocumentsComparedPageTests {

	private static final Path PAGE = Path.of("../docs/reference/documents-compared.md");

	private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

	private static final Pattern ROW = Pattern.compile("^\\| [^|-].*", Pattern.MULTILINE);

	private static final int COMPLAINTS = 15;

	@Test
	void eachAnswerNamesATestThatExists() throws IOException {
		Map<String, String> sources = sources();
		String page = Files.readString(PAGE);
		List<MatchResult> named = TEST.matcher(page).results().toList();
		assertThat(named).hasSizeGreaterThan(40).allSatisfy((test) -> {
			assertThat(sources).as(test.group()).containsKey(test.group(1));
			assertThat(sources.get(test.group(1))).as(test.group()).contains("void " + test.group(2) + "(");
		});
		List<String> rows = ROW.matcher(page).results().map(MatchResult::group).toList();
		assertThat(rows.stream().filter((row) -> !TEST.matcher(row).find()))
			.as("rows without a test, beside the heads of the two tables")
			.hasSize(0);
		assertThat(rows.stream().filter((row) -> row.matches("\\| [0-9]+ \\|.*"))).hasSize(COMPLAINTS);
	}

	private static Map<String, String> sources() throws IOException {
		Map<String, String> sources = new TreeMap<>();
		for (String module : List.of("atomicwrite-core", "atomicwrite-autoconfigure")) {
			try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
				for (Path file : files.filter((each) -> each.toString().endsWith(".java")).toList()) {
					sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
				}
			}
		}
		return sources;
	}

}

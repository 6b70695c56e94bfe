package io.atomicwrite.test.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.atomicwrite.test.junit.Launched;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.ReflectionSupport.tryToLoadClass;

/**
 * The page about the test kit: each of its lines of code is compiled, its tests fail and
 * pass as it says, and its output is that of the failure.
 */
class TestKitPageTests {

	private static final Path PAGE = Path.of("../docs/how-to/test-kit.md");

	private static final Path SOURCES = Path.of("src/test/java/io/atomicwrite/test");

	private static List<String> blocks(String language) throws IOException {
		return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(PAGE))
			.results()
			.map((match) -> match.group(1))
			.toList();
	}

	private static String withoutIndent(String text) {
		return text.lines().map(String::strip).filter((line) -> !line.isEmpty()).collect(Collectors.joining("\n"));
	}

	@Test
	void eachBlockOfCodeIsCompiled() throws Exception {
		List<String> sources = new ArrayList<>();
		try (Stream<Path> all = Files.walk(SOURCES)) {
			for (Path source : all.filter((path) -> path.toString().endsWith(".java")).toList()) {
				sources.add(withoutIndent(Files.readString(source)));
			}
		}
		List<String> blocks = blocks("java");
		assertThat(blocks).hasSizeGreaterThanOrEqualTo(5);
		assertThat(blocks).allSatisfy((block) -> assertThat(sources).anySatisfy((source) -> {
			assertThat(source).contains(code(block));
			assertThat(source.lines()).containsAll(imports(block));
		}));
		Path records = Files.createDirectories(Path.of("../target/blocks"));
		for (String block : blocks) {
			Files.writeString(records.resolve("TestKitPageTests"), record(block), StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
	}

	/** What {@code scripts/blocks --check} looks for. */
	private static String record(String block) throws Exception {
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(block.getBytes(StandardCharsets.UTF_8));
		return "docs/how-to/test-kit.md\t" + HexFormat.of().formatHex(digest) + "\n";
	}

	/** A file of the page has a package and a name of its own, and fewer tests. */
	private static String code(String block) {
		if (!block.startsWith("package ")) {
			return withoutIndent(block);
		}
		String code = block.substring(block.indexOf("\nclass ") + 1).replace("SavedThemeTests", "SavedTheme").strip();
		return withoutIndent(code.substring(0, code.length() - 1));
	}

	private static List<String> imports(String block) {
		return block.lines().filter((line) -> line.startsWith("import ")).toList();
	}

	@Test
	void storeThatLooksRightLosesTheTheme() throws Exception {
		Launched launched = Launched.run(savedTheme("first"));
		String failure = launched.failed().get("savedThemeSurvives(Crashes)").getMessage();
		List<String> shown = blocks("text").get(0).lines().filter((line) -> !line.equals("...")).toList();
		assertThat(shown).hasSizeGreaterThan(5);
		assertThat(failure).containsSubsequence(shown);
		assertThat(launched.failed()).hasSizeGreaterThan(1);
	}

	@Test
	void mendedStoreKeepsIt() throws Exception {
		Launched launched = Launched.run(savedTheme("mended"));
		assertThat(launched.failed()).isEmpty();
		assertThat(launched.passed()).contains("savedThemeSurvives(Crashes)", "no fault").hasSizeGreaterThan(20);
	}

	private static Class<?> savedTheme(String form) throws Exception {
		return tryToLoadClass("io.atomicwrite.test.page." + form + ".SavedTheme").get();
	}

}

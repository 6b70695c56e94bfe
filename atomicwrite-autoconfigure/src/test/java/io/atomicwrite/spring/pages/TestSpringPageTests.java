package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about tests of Spring applications: its configuration and its code are those
 * that run here.
 */
class TestSpringPageTests {

	private static final Path PAGE = Path.of("../docs/how-to/test-spring.md");

	private static String withoutIndent(String text) {
		return text.lines().map(String::strip).filter((line) -> !line.isEmpty()).collect(Collectors.joining("\n"));
	}

	@ParameterizedTest
	@CsvSource({ "0, ShopTests, @SpringBootTest", "1, ThemeStore, @Component", "2, ThemeStoreTests, @AtomicFileTest" })
	void theCodeOfThePageRuns(int index, String name, String annotation) throws IOException {
		String source = withoutIndent(
				Files.readString(Path.of("src/test/java/io/atomicwrite/spring/pages/shop", name + ".java")));
		String code = withoutIndent(blocks("java").get(index));
		int imports = code.indexOf(annotation);
		assertThat(source).contains(code.substring(0, imports).strip()).contains(code.substring(imports));
	}

	@Test
	void theConfigurationOfThePageIsThatOfTheApplication() throws IOException {
		assertThat(Files.readString(Path.of("src/test/resources/shop.properties")))
			.isEqualTo(blocks("properties").get(0));
	}

	private static List<String> blocks(String language) throws IOException {
		return Block.of("test-spring.md", Files.readString(PAGE))
			.stream()
			.filter((block) -> block.isIn(language))
			.map(Block::text)
			.toList();
	}

}

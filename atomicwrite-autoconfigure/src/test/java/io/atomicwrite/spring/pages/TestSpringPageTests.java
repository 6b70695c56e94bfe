package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

	private static String withoutIndent(String text) {
		return text.lines().map(String::strip).filter((line) -> !line.isEmpty()).collect(Collectors.joining("\n"));
	}

	@ParameterizedTest
	@CsvSource({ "0, ShopTests, @SpringBootTest", "1, ThemeStore, @Component", "2, ThemeStoreTests, @AtomicFileTest" })
	void theCodeOfThePageRuns(int index, String name, String annotation) throws IOException {
		String source = withoutIndent(
				Files.readString(Path.of("src/test/java/io/atomicwrite/spring/pages/shop", name + ".java")));
		Page page = Page.of("test-spring.md");
		String block = page.blocks("java").get(index);
		String code = withoutIndent(block);
		int imports = code.indexOf(annotation);
		assertThat(source).contains(code.substring(0, imports).strip()).contains(code.substring(imports));
		page.ran(getClass(), block);
	}

	/** The guide shows the annotations of such a test, and an empty class. */
	@Test
	void theTestOfTheGuideHasTheAnnotationsOfOne() throws IOException {
		Page guide = Page.in("docs/guide/testing.md");
		String block = guide.blocks("java").get(1);
		String source = withoutIndent(
				Files.readString(Path.of("src/test/java/io/atomicwrite/spring/pages/shop/ShopTests.java")));
		assertThat(withoutIndent(block)).isEqualTo("@SpringBootTest\n@TemporaryDirectories\nclass SettingsTests {\n}");
		assertThat(source).contains(withoutIndent(block).replaceFirst("SettingsTests \\{\\s*}", "ShopTests {"));
		guide.ran(getClass(), block);
	}

	@Test
	void theConfigurationOfThePageIsThatOfTheApplication() throws IOException {
		assertThat(Files.readString(Path.of("src/test/resources/shop.properties")))
			.isEqualTo(Page.of("test-spring.md").blocks("properties").get(0));
	}

}

package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/reference/properties.md}.
 */
class PropertiesPageTests {

	private static final Path PAGE = Path.of("../docs/reference/properties.md");

	@Test
	void thePageIsWhatTheMetadataSay() throws IOException {
		String generated = PropertiesPage.generated();
		if (Boolean.getBoolean("pages.write")) {
			Files.writeString(PAGE, generated);
		}
		assertThat(PAGE).content().isEqualTo(generated);
	}

	@Test
	void noLineOfThePageIsTooLong() throws IOException {
		assertThat(PropertiesPage.generated().lines())
			.allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(160));
	}

}

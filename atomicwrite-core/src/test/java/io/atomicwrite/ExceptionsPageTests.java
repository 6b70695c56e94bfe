package io.atomicwrite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/reference/exceptions.md}.
 */
class ExceptionsPageTests {

	private static final Path PAGE = Path.of("../docs/reference/exceptions.md");

	@Test
	void thePageIsWhatTheSourcesSay() throws IOException {
		String generated = ExceptionsPage.generated();
		if (Boolean.getBoolean("pages.write")) {
			Files.writeString(PAGE, generated);
		}
		assertThat(PAGE).content().isEqualTo(generated);
	}

	@Test
	void everyExceptionAndEveryRemedyStandsThere() throws IOException {
		String page = ExceptionsPage.generated();
		assertThat(ExceptionsPage.exceptions()).hasSizeGreaterThanOrEqualTo(15)
			.allSatisfy((type) -> assertThat(page).contains("| `" + type.getSimpleName() + "` |"));
		assertThat(Remedy.values()).filteredOn((remedy) -> remedy != Remedy.NONE)
			.allSatisfy((remedy) -> assertThat(page).contains(remedy.text().replace("|", "\\|").replace("<", "&lt;")));
	}

}

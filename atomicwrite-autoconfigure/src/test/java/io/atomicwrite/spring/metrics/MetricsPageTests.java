package io.atomicwrite.spring.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference page of metrics and observations is what the enums say. To write it anew:
 * {@code mvn -pl atomicwrite-autoconfigure -am test -Dtest=MetricsPageTests
 * -Datomicwrite.docs.write=true -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class MetricsPageTests {

	private static final Path PAGE = Path.of("../docs/reference/metrics.md");

	@Test
	void pageIsUpToDate() throws IOException {
		String page = new MetricsPage().text();
		if (Boolean.getBoolean("atomicwrite.docs.write")) {
			Files.writeString(PAGE, page);
		}
		assertThat(PAGE).hasContent(page);
		assertThat(page.lines()).allMatch((line) -> line.length() <= 160);
	}

}

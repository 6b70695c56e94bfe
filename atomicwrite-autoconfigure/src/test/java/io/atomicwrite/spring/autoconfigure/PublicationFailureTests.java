package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;

import io.atomicwrite.spring.publication.AtomicPublications;
import io.atomicwrite.spring.publication.PublicationNotConfiguredException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What a user reads if the properties of a publication can't be used.
 */
class PublicationFailureTests {

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class));

	@Test
	void aNameWithoutPropertiesIsComparedWithThoseThatHaveSome() {
		this.runner.withPropertyValues("atomicwrite.publications.dataset.path=" + this.directory.resolve("d"))
			.run((context) -> {
				Throwable failure = catchThrowable(() -> context.getBean(AtomicPublications.class).get("datset"));
				assertThat(failure).isInstanceOf(PublicationNotConfiguredException.class);
				FailureAnalysis analysis = Analyses.of(failure);
				assertThat(analysis.getDescription())
					.isEqualTo("There is no publication 'datset'. The publications are dataset.");
				assertThat(analysis.getAction()).contains("'atomicwrite.publications.datset.path'")
					.endsWith("or use one of these names.");
			});
	}

	@Test
	void aPlaceIsNeededAndOneAlone() {
		for (String[] properties : new String[][] { { "atomicwrite.publications.p.keep=3" },
				{ "atomicwrite.publications.p.path=" + this.directory, "atomicwrite.publications.p.directory=d" } }) {
			FailureAnalysis analysis = Analyses.ofStart(this.runner, properties);
			assertThat(analysis.getDescription()).contains("'p' needs a path or a managed directory");
			assertThat(analysis.getAction()).contains("'atomicwrite.publications.p.path'");
		}
	}

	@Test
	void anUnknownManagedDirectoryIsNamed() {
		FailureAnalysis analysis = Analyses.ofStart(this.runner, "atomicwrite.publications.p.directory=dta",
				"atomicwrite.directories.data.path=" + this.directory);
		assertThat(analysis.getDescription()).contains("no managed directory 'dta'").contains("data");
	}

	@ParameterizedTest
	@CsvSource({ "atomicwrite.publications.p.keep, 0, at least 1", "atomicwrite.publications.p.min-age, -1s, negative",
			"atomicwrite.publications.p.path, ~/x, ${user.home}/x", "atomicwrite.publications.p.path, /, root",
			"atomicwrite.publications[a@b].path, /tmp/x, no @" })
	void aValueThatCantBeUsedIsExplained(String property, String value, String reason) {
		String[] place = property.endsWith("path") ? new String[] { property + "=" + value }
				: new String[] { property + "=" + value, "atomicwrite.publications.p.path=" + this.directory };
		FailureAnalysis analysis = Analyses.ofStart(this.runner, place);
		assertThat(analysis.getDescription()).contains("atomicwrite.publications").contains(reason);
	}

}

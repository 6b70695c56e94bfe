package io.atomicwrite.spring.document;

import java.nio.file.Path;

import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a user reads if a document can't be opened.
 */
@ExtendWith(OutputCaptureExtension.class)
class DocumentFailureTests {

	@TempDir
	private Path directory;

	@Test
	void aNameWithoutPropertiesIsComparedWithThoseThatHaveSome(CapturedOutput log) {
		fails(Misspelled.class, "atomicwrite.documents.settings.path=" + this.directory.resolve("a.json"),
				"atomicwrite.documents.state.path=" + this.directory.resolve("b.json"));
		assertThat(log.getOut())
			.contains(
					"The document 'setings' has no properties; the documents with properties are " + "settings, state.")
			.contains(
					"Set 'atomicwrite.documents.setings.path' to the path of its file, or open it by one of these names.");
	}

	@Test
	void aNameWithoutAPathIsExplained(CapturedOutput log) {
		fails(Misspelled.class, "atomicwrite.documents.setings.watch=off");
		assertThat(log.getOut()).contains("The document 'setings' has properties, but no path.")
			.contains("Set 'atomicwrite.documents.setings.path'");
	}

	@Test
	void aPathThatCantBeMeantIsExplained(CapturedOutput log) {
		fails(Misspelled.class, "atomicwrite.documents.setings.path=~/a.json");
		assertThat(log.getOut()).contains("atomicwrite.documents.setings.path").contains("${user.home}/a.json");
	}

	@Test
	void twoTypesOfOneDocumentAreExplained(CapturedOutput log) {
		fails(TwoTypes.class, "atomicwrite.documents.settings.path=" + this.directory.resolve("a.json"));
		assertThat(log.getOut()).contains("The document 'settings' is opened twice: as ")
			.contains(One.class.getName())
			.contains(Two.class.getName())
			.contains("inject that");
	}

	private static void fails(Class<?> source, String... properties) {
		SpringApplication application = new SpringApplication(source);
		application.setBannerMode(Banner.Mode.OFF);
		application.setWebApplicationType(WebApplicationType.NONE);
		String[] arguments = new String[properties.length];
		for (int i = 0; i < properties.length; i++) {
			arguments[i] = "--" + properties[i];
		}
		assertThatException().isThrownBy(() -> application.run(arguments));
	}

	static class One {

	}

	static class Two {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AtomicWriteAutoConfiguration.class)
	static class Misspelled {

		@Bean
		Object settings(AtomicDocuments documents) {
			return documents.open("setings", One.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AtomicWriteAutoConfiguration.class)
	static class TwoTypes {

		@Bean
		Object one(AtomicDocuments documents) {
			return documents.open("settings", One.class);
		}

		@Bean
		Object two(AtomicDocuments documents) {
			return documents.open("settings", Two.class);
		}

	}

}

package io.atomicwrite.spring.pages;

import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentOptions;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.document.AtomicDocuments;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.metadata.ConcurrentMetadataStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * {@code docs/how-to/settings-document.md}.
 */
class SettingsPageTests {

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class));

	@Test
	void thePageIsWhatHappens() throws Exception {
		Page page = Page.of("settings-document.md");
		page.requireJavaIn(getClass());
		Path file = this.directory.resolve("settings.yaml");
		this.runner.withUserConfiguration(Application.class).withPropertyValues(properties(page, 0)).run((context) -> {
			@SuppressWarnings("unchecked")
			AtomicDocument<Settings> settings = context.getBean(AtomicDocument.class);
			assertThat(use(settings)).isEqualTo("light");
			assertThat(file).content().contains("theme: dark");
			Files.writeString(file, "# by hand\n" + Files.readString(file).replace("dark", "blue"));
			await().until(() -> settings.current().theme().equals("blue"));
			settings.update((old) -> old.withTheme("red"));
			assertThat(file).content().startsWith("# by hand\n").contains("theme: red");
		});
		this.runner.withPropertyValues(properties(page, 0))
			.run((context) -> assertThat(withOptions(context.getBean(AtomicDocuments.class)).current().theme())
				.isEqualTo("red"));
	}

	@Test
	void theMetadataStoreIsThatOfThePage() throws Exception {
		this.runner.withPropertyValues(properties(Page.of("settings-document.md"), 1)).run((context) -> {
			ConcurrentMetadataStore store = context.getBean("metadataStore", ConcurrentMetadataStore.class);
			store.put("a", "1");
			assertThat(this.directory.resolve("metadata.json")).content().contains("\"a\": \"1\"");
		});
	}

	private String[] properties(Page page, int block) {
		return page.blocks("properties").get(block).replace("./data", this.directory.toString()).strip().split("\n");
	}

	private static String use(AtomicDocument<Settings> settings) {
		String theme = settings.current().theme();
		settings.update((old) -> old.withTheme("dark"));
		return theme;
	}

	private static AtomicDocument<Settings> withOptions(AtomicDocuments documents) {
		DocumentOptions<Settings> options = DocumentOptions.of(Settings.class)
			.defaults(new Settings("light", 10))
			.validate("pageSize", (settings) -> settings.pageSize() % 5 == 0, "must be a multiple of 5")
			.secret("/token")
			.build();
		return documents.open("settings", options);
	}

	record Settings(@NotBlank @DefaultValue("light") String theme, @Min(1) @Max(100) @DefaultValue("10") int pageSize) {

		Settings withTheme(String newTheme) {
			return new Settings(newTheme, this.pageSize);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		AtomicDocument<Settings> settings(AtomicDocuments documents) {
			return documents.open("settings", Settings.class);
		}

	}

}

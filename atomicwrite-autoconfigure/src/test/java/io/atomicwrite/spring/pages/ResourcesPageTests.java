package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.resource.AtomicFileResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.WritableResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * {@code docs/how-to/resources.md}.
 */
class ResourcesPageTests {

	@TempDir
	private Path directory;

	@Test
	void thePageIsWhatHappens() throws IOException {
		Page page = Page.of("resources.md");
		page.requireJavaIn(getClass());
		String property = page.blocks("properties").get(0).replace("/var/lib/app/settings", this.directory.toString());
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.withBean(Component.class)
			.withPropertyValues(property.strip())
			.run((context) -> {
				Component component = context.getBean(Component.class);
				component.write("text");
				assertThat(component.read()).isEqualTo("text");
				assertThatIOException().isThrownBy(() -> component.export(true));
				assertThat(component.read()).isEqualTo("text");
				component.export(false);
				assertThat(this.directory.resolve("app.json")).content().isEqualTo("half and half");
				// the recovery of the start has a lock file for as long as it runs
				await().untilAsserted(() -> assertThat(this.directory).isDirectoryNotContaining("glob:**/.*"));
				assertThat(Files.list(this.directory)).hasSize(1);
			});
	}

	static class Component {

		private boolean failing;

		@Value("atomicfile:settings/app.json")
		private WritableResource file;

		String read() throws IOException {
			return this.file.getContentAsString(StandardCharsets.UTF_8);
		}

		void write(String text) throws IOException {
			try (OutputStream out = this.file.getOutputStream()) {
				out.write(text.getBytes(StandardCharsets.UTF_8));
			}
		}

		void export(boolean fails) throws IOException {
			this.failing = fails;
			try (StagedWrite staged = ((AtomicFileResource) this.file).open()) {
				export(staged.output());
				staged.commit();
			}
		}

		private void export(OutputStream out) throws IOException {
			out.write("half ".getBytes(StandardCharsets.UTF_8));
			if (this.failing) {
				throw new IOException("the source is gone");
			}
			out.write("and half".getBytes(StandardCharsets.UTF_8));
		}

	}

}

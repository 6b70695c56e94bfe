package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.publication.OpenVersion;
import io.atomicwrite.spring.PublicationMovedEvent;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.publication.AtomicPublications;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/how-to/publish-from-spring.md}.
 */
class PublishPageTests {

	@TempDir
	private Path directory;

	@Test
	void thePageIsWhatHappens() throws IOException {
		Page page = Page.of("publish-from-spring.md");
		page.requireJavaIn(getClass());
		String properties = page.blocks("properties").get(0).replace("/var/lib/app/data", this.directory.toString());
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.withBean(Component.class)
			.withPropertyValues(properties.strip().split("\n"))
			.run((context) -> {
				Component component = context.getBean(Component.class);
				component.export();
				assertThat(component.load()).isEqualTo("1,2\n3,4\n");
				assertThat(component.part.getContentAsString(StandardCharsets.UTF_8)).isEqualTo("1,2\n");
				assertThat(component.seen).singleElement().asString().startsWith("dataset is at ");
				assertThat(this.directory.resolve("dataset/latest/part-1.csv")).hasContent("3,4\n");
			});
	}

	static class Component {

		private final AtomicPublications publications;

		private final List<String> seen = new ArrayList<>();

		@Value("atomicfile:dataset@latest/part-0.csv")
		private Resource part;

		Component(AtomicPublications publications) {
			this.publications = publications;
		}

		void export() {
			this.publications.publish("dataset", version -> {
				version.file("part-0.csv", out -> out.write("1,2\n".getBytes(StandardCharsets.UTF_8)));
				version.file("part-1.csv", out -> out.write("3,4\n".getBytes(StandardCharsets.UTF_8)));
			});
		}

		String load() throws IOException {
			try (OpenVersion version = this.publications.open("dataset")) {
				return Files.readString(version.file("part-0.csv")) + Files.readString(version.file("part-1.csv"));
			}
		}

		@EventListener
		void moved(PublicationMovedEvent event) {
			this.seen.add(event.publication() + " is at " + event.after());
		}

	}

}

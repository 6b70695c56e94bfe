package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.spring.directory.ManagedDirectories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/how-to/install.md}.
 */
@ExtendWith(OutputCaptureExtension.class)
class InstallPageTests {

	@TempDir
	private Path directory;

	@Test
	void theLinesOfEachBuildNameWhatIsPublished() throws IOException {
		Page page = Page.of("install.md");
		String pom = Files.readString(Path.of("../pom.xml"));
		String version = pom.replaceAll("(?s).*?<version>([^<]*)</version>.*", "$1");
		String maven = page.blocks("xml").get(0);
		for (String artifact : List.of("atomicwrite-bom", "atomicwrite-spring-boot-starter")) {
			assertThat(Path.of("..", artifact, "pom.xml")).content()
				.contains("<artifactId>" + artifact + "</artifactId>");
			assertThat(maven).contains("<artifactId>" + artifact + "</artifactId>");
		}
		assertThat(maven).contains("<groupId>io.atomicwrite</groupId>", "<version>" + version + "</version>");
		assertThat(List.of(page.blocks("kotlin").get(0), page.blocks("groovy").get(0)))
			.allSatisfy((gradle) -> assertThat(gradle).contains("io.atomicwrite:atomicwrite-bom:" + version,
					"io.atomicwrite:atomicwrite-spring-boot-starter"));
		assertThat(page.text()).contains("version `" + version + "`");
	}

	@Test
	void theFirstWriteIsAsItStandsThere(CapturedOutput output) throws IOException {
		Page.of("install.md").requireJavaIn(getClass(), FirstWrite.class);
		Path file = this.directory.resolve("hello.txt");
		FirstWrite.main(new String[] { file.toString() });
		assertThat(output.getOut()).contains("Hello");
		assertThat(file).hasContent("Hello");
		try (AtomicFileTemplate files = AtomicFileTemplate.create()) {
			new Settings(files, new ManagedDirectories(Map.of("settings", this.directory))).save();
		}
		assertThat(this.directory.resolve("app.json")).content().contains("dark");
	}

	private static final class Settings {

		private final AtomicFileOperations files;

		private final ManagedDirectories directories;

		Settings(AtomicFileOperations files, ManagedDirectories directories) {
			this.files = files;
			this.directories = directories;
		}

		void save() {
			// @formatter:off
			Path file = this.directories.path("settings").resolve("app.json");     // ManagedDirectories
			this.files.writeValue(file, Map.of("theme", "dark"));                  // AtomicFileOperations
			// @formatter:on
		}

	}

}

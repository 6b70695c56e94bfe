package io.atomicwrite.spring.pages;

import java.io.Writer;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.tools.ToolProvider;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first example of the README, as it is pasted: it compiles, reads, updates and has a
 * default.
 */
class ReadmeTests {

	@TempDir
	private Path directory;

	@Test
	void theFirstExampleDoesWhatItSays() throws Exception {
		Block example = Block.all()
			.stream()
			.filter((block) -> block.page().equals("README.md") && block.isIn("java"))
			.findFirst()
			.orElseThrow();
		Path source = this.directory.resolve("SettingsController.java");
		Files.writeString(source, example.text());
		var compiler = ToolProvider.getSystemJavaCompiler();
		try (var files = compiler.getStandardFileManager(null, null, null)) {
			assertThat(
					compiler
						.getTask(Writer.nullWriter(), files, null,
								List.of("--release", "17", "-parameters", "-proc:none", "-d",
										this.directory.toString()),
								null, files.getJavaFileObjects(source))
						.call())
				.isTrue();
		}
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(AtomicWriteAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withPropertyValues("atomicwrite.base-directory=" + this.directory)
			.run((context) -> use(context.getBean(AtomicFileTemplate.class)));
	}

	private void use(AtomicFileOperations files) throws Exception {
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.directory.toUri().toURL() },
				getClass().getClassLoader())) {
			Constructor<?> constructor = loader.loadClass("SettingsController")
				.getDeclaredConstructor(AtomicFileOperations.class);
			constructor.setAccessible(true);
			MockMvcTester mvc = MockMvcTester
				.create(MockMvcBuilders.standaloneSetup(constructor.newInstance(files)).build());
			assertThat(mvc.get().uri("/settings")).hasStatusOk().bodyJson().isEqualTo("""
					{"theme": "light", "pageSize": 10}""");
			assertThat(this.directory.resolve("settings.json")).doesNotExist();
			assertThat(mvc.put().uri("/settings/theme/dark")).hasStatusOk().bodyJson().isEqualTo("""
					{"theme": "dark", "pageSize": 10}""");
			assertThat(mvc.put().uri("/settings").contentType(MediaType.APPLICATION_JSON).content("""
					{"theme": "blue", "pageSize": 20}""")).hasStatusOk();
			assertThat(mvc.put().uri("/settings/theme/red")).hasStatusOk();
			assertThat(mvc.get().uri("/settings")).bodyJson().isEqualTo("""
					{"theme": "red", "pageSize": 20}""");
			assertThat(this.directory.resolve("settings.json")).content().contains("red");
		}
	}

}

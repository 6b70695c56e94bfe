package io.atomicwrite.spring.resource;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.TargetMissingException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.directory.DirectoryNotConfiguredException;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.WritableResource;
import org.springframework.util.FileCopyUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * {@code atomicfile:settings/app.json} where Spring takes a resource.
 */
class AtomicFileResourceTests {

	private static final String LOCATION = "atomicfile:settings/app.json";

	@TempDir
	private Path root;

	private Path directory;

	private Path file;

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class));

	@BeforeEach
	void configure() throws IOException {
		this.directory = Files.createDirectory(this.root.resolve("managed")).toRealPath();
		this.file = this.directory.resolve("app.json");
		this.runner = this.runner.withPropertyValues("atomicwrite.directories.settings.path=" + this.directory);
	}

	@Test
	void namesLeadToPaths() {
		this.runner.run((context) -> {
			ManagedDirectories directories = context.getBean(ManagedDirectories.class);
			assertThat(directories.path("settings")).isEqualTo(this.directory);
			assertThatThrownBy(() -> directories.path("setings")).isInstanceOf(DirectoryNotConfiguredException.class)
				.hasMessage("there is no managed directory 'setings'; the managed directories are settings");
		});
	}

	@Test
	void aResourceIsInjectedReadAndWrittenWhereverSpringTakesOne() throws IOException {
		Files.writeString(this.file, "old");
		this.runner.withUserConfiguration(Beans.class).withPropertyValues("test.file=" + LOCATION).run((context) -> {
			Beans beans = context.getBean(Beans.class);
			assertThat(beans.value).isEqualTo(context.getResource(LOCATION));
			assertThat(context.getBean(Bound.class).file()).isEqualTo(beans.value);
			assertThat(beans.value.getContentAsString(StandardCharsets.UTF_8)).isEqualTo("old");
			write((WritableResource) beans.value, "new");
			assertThat(this.file).hasContent("new");
			assertThat(beans.read(context.getBean("loaded", Resource.class))).isEqualTo("new");
		});
	}

	@Test
	void untilTheCloseReadersSeeTheOldContent() throws IOException {
		Files.writeString(this.file, "old");
		run((resource) -> {
			OutputStream out = resource.getOutputStream();
			out.write("new".getBytes());
			out.write('!');
			out.flush();
			assertThat(this.file).hasContent("old");
			out.close();
			assertThat(this.file).hasContent("new!");
			out.close();
			assertThatIOException().isThrownBy(() -> out.write(1));
			assertThat(this.directory).isDirectoryNotContaining("glob:**.tmp");
		});
	}

	@Test
	void aFailureDiscardsAndTheCloseSaysSo() throws IOException {
		Files.writeString(this.file, "old");
		FaultyFileOps faulty = new FaultyFileOps(FileOps.system());
		this.runner = this.runner.withBean(FileOps.class, () -> faulty);
		run((resource) -> {
			faulty.fail((call) -> call.op() == FileCall.Op.SYNC, 1, "Input/output error");
			OutputStream out = resource.getOutputStream();
			out.write("new".getBytes());
			assertThatIOException().isThrownBy(out::close).withCauseInstanceOf(WriteFailedException.class);
			assertThat(this.file).hasContent("old");
			assertThat(this.directory).isDirectoryNotContaining("glob:**.tmp");
		});
	}

	@Test
	void aStagedWriteIsDiscardedUnlessItIsCommitted() throws IOException {
		Files.writeString(this.file, "old");
		run((resource) -> {
			try (StagedWrite staged = resource.open()) {
				staged.output().write("half".getBytes());
			}
			assertThat(this.file).hasContent("old");
			try (StagedWrite staged = resource.open()) {
				staged.output().write("whole".getBytes());
				staged.commit();
			}
			assertThat(this.file).hasContent("whole");
		});
	}

	@Test
	void whatVerifiesOnReadVerifiesHere() throws IOException {
		this.runner = this.runner.withPropertyValues("atomicwrite.checksum.verify-on-read=true",
				"atomicwrite.checksum.mode=sidecar");
		run((resource) -> {
			write(resource, "good");
			assertThat(resource.getContentAsString(StandardCharsets.UTF_8)).isEqualTo("good");
			Files.writeString(this.file, "evil");
			assertThatIOException().isThrownBy(resource::getInputStream)
				.withCauseInstanceOf(io.atomicwrite.ChecksumMismatchException.class);
		});
	}

	@Test
	void aMissingFileIsNoResourceYet() throws IOException {
		run((resource) -> {
			assertThat(resource.exists()).isFalse();
			assertThat(resource.isReadable()).isFalse();
			assertThat(resource.isWritable()).isTrue();
			assertThatThrownBy(resource::getInputStream).isInstanceOf(FileNotFoundException.class)
				.hasCauseInstanceOf(TargetMissingException.class);
			assertThatThrownBy(resource::contentLength).isInstanceOf(FileNotFoundException.class);
			write((WritableResource) resource.createRelative("a/b/new.json"), "x");
			assertThat(this.directory.resolve("a/b/new.json")).hasContent("x");
		});
	}

	@Test
	void whatSpringAsksOfAResourceIsAnswered() throws IOException {
		Files.writeString(this.file, "12345");
		run((resource) -> {
			assertThat(resource.contentLength()).isEqualTo(5);
			assertThat(resource.lastModified()).isEqualTo(Files.getLastModifiedTime(this.file).toMillis());
			assertThat(resource.getFilename()).isEqualTo("app.json");
			assertThat(resource.getURI()).isEqualTo(URI.create(LOCATION));
			assertThat(resource).hasToString(LOCATION + " (" + this.file + ")").hasSameHashCodeAs(resource);
			assertThat(resource.path()).isEqualTo(this.file);
			assertThat(resource.isFile()).isFalse();
			assertThatIOException().isThrownBy(resource::getFile);
			assertThat(FileCopyUtils.copyToByteArray(resource.getInputStream())).hasSize(5);
			AtomicFileResource spaced = (AtomicFileResource) resource.createRelative("a b%.json");
			assertThat(spaced.getURI()).hasToString("atomicfile:settings/a%20b%25.json");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "atomicfile:settings/../other.json", "atomicfile:settings/a/../../other.json",
			"atomicfile:settings//etc/passwd", "atomicfile:settings/.", "atomicfile:settings/", "atomicfile:settings",
			"atomicfile:", "atomicfile:/settings/app.json", "atomicfile://settings/app.json",
			"atomicfile:./config/app.yaml", "atomicfile:settings/a\0b" })
	void aLocationThatLeavesTheDirectoryOrNamesNoFileIsRefused(String location) {
		this.runner.run((context) -> assertThatIllegalArgumentException().isThrownBy(
				() -> context.getBean(AtomicFileResources.class).resolve(location, new DefaultResourceLoader())));
	}

	@Test
	void noLinkLeadsOutOfTheDirectory() throws IOException {
		Path outside = Files.createDirectory(this.root.resolve("outside"));
		Files.writeString(outside.resolve("secret"), "secret");
		Files.createSymbolicLink(this.file, outside.resolve("secret"));
		Files.createSymbolicLink(this.directory.resolve("sub"), outside);
		Files.createSymbolicLink(this.directory.resolve("inside"), Files.createDirectory(this.directory.resolve("d")));
		run((resource) -> {
			AtomicFileResource below = (AtomicFileResource) resource.createRelative("sub/new");
			assertThat(resource.exists()).isFalse();
			assertThatIOException().isThrownBy(resource::getInputStream).withMessageContaining("out of the managed");
			assertThatIOException().isThrownBy(resource::contentLength);
			assertThatIOException().isThrownBy(resource::getOutputStream);
			assertThatIOException().isThrownBy(below::getOutputStream);
			assertThatIOException().isThrownBy(below::open);
			assertThatIOException().isThrownBy(() -> resource.createRelative("../outside/secret"));
			assertThat(outside).isDirectoryContaining("glob:**/secret").isDirectoryNotContaining("glob:**/new*");
			assertThat(outside.resolve("secret")).hasContent("secret");
			write((WritableResource) resource.createRelative("inside/file"), "x");
			assertThat(this.directory.resolve("d/file")).hasContent("x");
		});
	}

	@Test
	void anotherLocationIsNotOurs() {
		this.runner.run((context) -> {
			assertThat(context.getResource("classpath:none")).isNotInstanceOf(AtomicFileResource.class);
			assertThatThrownBy(() -> context.getResource("atomicfile:setings/app.json"))
				.hasMessageContaining("the managed directories are settings");
		});
	}

	private void run(Use use) {
		this.runner.run((context) -> use.with((AtomicFileResource) ((ResourceLoader) context).getResource(LOCATION)));
	}

	private static void write(WritableResource resource, String text) throws IOException {
		try (OutputStream out = resource.getOutputStream()) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
	}

	@FunctionalInterface
	private interface Use {

		void with(AtomicFileResource resource) throws Exception;

	}

	@ConfigurationProperties("test")
	record Bound(Resource file) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Bound.class)
	static class Beans {

		@Value(LOCATION)
		private Resource value;

		@Bean
		Resource loaded(ResourceLoader loader) {
			return loader.getResource(LOCATION);
		}

		String read(Resource resource) throws IOException {
			try (InputStream in = resource.getInputStream()) {
				return new String(in.readAllBytes(), StandardCharsets.UTF_8);
			}
		}

	}

}

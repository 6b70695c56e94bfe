package io.atomicwrite.format;

import java.io.File;
import java.lang.reflect.Type;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.format.jackson.JacksonJsonFormat;
import io.atomicwrite.format.jackson.JacksonPropertiesFormat;
import io.atomicwrite.format.jackson.JacksonTomlFormat;
import io.atomicwrite.format.jackson.JacksonYamlFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Formats: which are found, and which counts.
 */
class FormatsTests {

	@TempDir
	private Path directory;

	@Test
	void builtInFormatsAreDetected() {
		assertThat(Formats.detected()).hasExactlyElementsOfTypes(JacksonJsonFormat.class, JacksonYamlFormat.class,
				JacksonTomlFormat.class, JacksonPropertiesFormat.class);
		assertThat(new Formats(Formats.detected()).extensions()).containsExactlyInAnyOrder("json", "yaml", "yml",
				"toml", "properties");
	}

	@Test
	void formatWhoseLibraryIsMissingIsLeftOut() throws Exception {
		assertThat(detectedWith((entry) -> !entry.contains("jackson"))).isEmpty();
		assertThat(detectedWith((entry) -> true)).hasSize(4).contains(JacksonJsonFormat.class.getName());
		assertThat(detectedWith((entry) -> !entry.contains("snakeyaml-engine"))).hasSize(3)
			.doesNotContain(JacksonYamlFormat.class.getName());
		assertThat(detectedWith((entry) -> !entry.contains("dataformat-toml"))).hasSize(3)
			.doesNotContain(JacksonTomlFormat.class.getName());
	}

	@Test
	void artifactThatIsMissingIsNamed() throws Exception {
		assertThat(refusalWith("a.yaml", "snakeyaml-engine")).contains("'yaml' needs org.snakeyaml:snakeyaml-engine on")
			.contains("add what is missing to the class path");
		assertThat(refusalWith("a.YML", "snakeyaml-engine")).contains("org.snakeyaml:snakeyaml-engine");
		assertThat(refusalWith("a.toml", "dataformat-toml"))
			.contains("'toml' needs tools.jackson.dataformat:jackson-dataformat-toml on");
		for (String extension : List.of("json", "properties", "yaml", "toml")) {
			assertThat(refusalWith("a." + extension, "jackson")).contains("tools.jackson.core:jackson-databind");
		}
		assertThat(refusalWith("a.ini", "no-such-jar")).contains("no format for the extension 'ini'")
			.contains("yaml")
			.doesNotContain("needs");
	}

	@Test
	void formatThatFailsOnItsOwnIsReported() throws Exception {
		Path services = Files.createDirectories(this.directory.resolve("META-INF/services"));
		Files.writeString(services.resolve(Format.class.getName()), Failing.class.getName());
		assertThatExceptionOfType(java.lang.reflect.InvocationTargetException.class)
			.isThrownBy(() -> detectedWith((entry) -> true, this.directory.toUri().toURL()))
			.withCauseInstanceOf(ServiceConfigurationError.class);
	}

	@Test
	void givenFormatCountsBeforeTheDetectedOne() {
		AtomicFileTemplate template = AtomicFileTemplate.builder().format(new Words()).build();
		Path file = this.directory.resolve("a.json");
		template.writeValue(file, "x");
		assertThat(file).hasContent("word x");
		assertThat(template.readValue(file, String.class)).isEqualTo("word x");
	}

	private String refusalWith(String name, String missing) throws Exception {
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (!entry.contains(missing)) {
				urls.add(url(entry));
			}
		}
		try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new),
				ClassLoader.getPlatformClassLoader())) {
			Class<?> type = loader.loadClass(Formats.class.getName());
			Object formats = type.getConstructor(List.class).newInstance(type.getMethod("detected").invoke(null));
			Path file = this.directory.resolve(name);
			return String.valueOf(org.assertj.core.api.Assertions
				.catchThrowable(() -> type.getMethod("of", Path.class).invoke(formats, file))
				.getCause()
				.getMessage());
		}
	}

	private static List<String> detectedWith(java.util.function.Predicate<String> entries, URL... more)
			throws Exception {
		List<URL> urls = new ArrayList<>(List.of(more));
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (entries.test(entry)) {
				urls.add(url(entry));
			}
		}
		try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new),
				ClassLoader.getPlatformClassLoader())) {
			Object found = loader.loadClass(Formats.class.getName()).getMethod("detected").invoke(null);
			return ((List<?>) found).stream().map((format) -> format.getClass().getName()).toList();
		}
	}

	private static URL url(String entry) throws MalformedURLException {
		return Path.of(entry).toUri().toURL();
	}

	/** A format for the same extension. */
	static final class Words implements Format {

		@Override
		public Set<String> extensions() {
			return Set.of("json");
		}

		@Override
		public byte[] encode(Object value) {
			return ("word " + value).getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public Object decode(byte[] content, Type type) {
			return new String(content, StandardCharsets.UTF_8);
		}

	}

	/** A format that is there and can't be created. */
	public static final class Failing implements Format {

		/**
		 * Fails.
		 */
		public Failing() {
			throw new IllegalStateException("no");
		}

		@Override
		public Set<String> extensions() {
			return Set.of();
		}

		@Override
		public byte[] encode(Object value) {
			return new byte[0];
		}

		@Override
		public Object decode(byte[] content, Type type) {
			return "";
		}

	}

}

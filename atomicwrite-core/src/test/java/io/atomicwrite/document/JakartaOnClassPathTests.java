package io.atomicwrite.document;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.format.jackson.JacksonYamlFormat;
import jakarta.validation.constraints.Max;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Documents with and without Jakarta Validation on the class path.
 */
class JakartaOnClassPathTests {

	@Test
	void constraintsCountWhereApiAndProviderAreThere() throws Exception {
		assertThat(resultWithout("no-such-jar")).isEqualTo("'port' must be less than or equal to 65535; 'port' is odd");
	}

	@Test
	void nothingIsMissedWithoutTheApi() throws Exception {
		assertThat(resultWithout("validat")).isEqualTo("'port' is odd");
	}

	@Test
	void nothingIsMissedWithoutAProvider() throws Exception {
		assertThat(resultWithout("hibernate-validator")).isEqualTo("'port' is odd");
	}

	@Test
	void providerThatCanNotBeUsedIsNotPassedOver() throws Exception {
		assertThat(resultWithout("tomcat-embed-el"))
			.startsWith("Jakarta Validation is on the class path and can't be used")
			.contains("switch constraints off");
	}

	private static String resultWithout(String missing) throws Exception {
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (!entry.contains(missing)) {
				urls.add(Path.of(entry).toUri().toURL());
			}
		}
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new),
				ClassLoader.getPlatformClassLoader())) {
			Thread.currentThread().setContextClassLoader(loader);
			return String.valueOf(loader.loadClass(Validated.class.getName()).getMethod("result").invoke(null));
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	/** Runs in a class loader of its own. */
	public static final class Validated {

		private Validated() {
		}

		/**
		 * Validates a value.
		 * @return what is wrong
		 */
		public static String result() {
			DocumentOptions<Server> options = DocumentOptions.of(Server.class)
				.validate("port", (server) -> server.port() % 2 == 0, "is odd")
				.build();
			try {
				Reading<Server> reading = DocumentCodec
					.of(Path.of("a.yaml"), new JacksonYamlFormat(), options, InstantSource.system())
					.read(Kinds.bytes("port: 70001\n"));
				return Kinds.problem(reading).message();
			}
			catch (IllegalStateException ex) {
				return String.valueOf(ex.getMessage());
			}
		}

	}

	record Server(@Max(65535) int port) {
	}

}

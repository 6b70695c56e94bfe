package io.atomicwrite.spring.classpath;

import java.nio.file.Path;
import java.util.Arrays;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.format.Formats;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * The smallest application, started on class paths that lack something. Writes a file and
 * reports which beans it has.
 */
final class ClassPathApplication {

	static final String BEAN = "bean ";

	static final String TIMED = "timed writes ";

	static final String FORMAT = "format ";

	static final String IMPORTED = "imported ";

	private ClassPathApplication() {
	}

	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = new SpringApplication(Configuration.class).run(args)) {
			Path target = Path.of(context.getEnvironment().getRequiredProperty("atomicwrite.directories.data.path"),
					"a.txt");
			context.getBean(AtomicFileTemplate.class).writeString(target, "content");
			Arrays.stream(context.getBeanDefinitionNames())
				.filter((name) -> name.startsWith("atomicwrite") && !name.contains("."))
				.forEach((name) -> System.out.println(BEAN + name));
			new Formats(Formats.detected()).extensions().forEach((extension) -> System.out.println(FORMAT + extension));
			System.out.println(IMPORTED + context.getEnvironment().getProperty("imported"));
			if (ClassUtils.isPresent("io.micrometer.core.instrument.MeterRegistry", null)) {
				Meters.print(context);
			}
		}
	}

	/**
	 * The configuration.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Configuration {

	}

	/**
	 * An application that has the starter and has switched it off.
	 */
	static final class SwitchedOff {

		private SwitchedOff() {
		}

		public static void main(String[] args) {
			new SpringApplication(Configuration.class).run("--atomicwrite.enabled=false", "--server.port=0").close();
		}

	}

	/**
	 * Loaded only where Micrometer is there.
	 */
	static final class Meters {

		private Meters() {
		}

		static void print(ConfigurableApplicationContext context) {
			context.getBeanProvider(MeterRegistry.class)
				.ifAvailable((registry) -> System.out.println(TIMED + registry.get("atomicwrite.write")
					.tag("directory", "data")
					.tag("outcome", "durable")
					.timer()
					.count()));
		}

	}

}

package io.atomicwrite.spring.autoconfigure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.format.Format;
import io.atomicwrite.spring.directory.DirectoryInspector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with an implementation of the operations, or with formats, of its own.
 */
class OwnOperationsTests {

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("atomicwrite.housekeeping.enabled=false")
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class, JacksonAutoConfiguration.class));

	@Test
	void templateBacksOffForAnotherImplementationOfTheInterface() {
		this.runner.withUserConfiguration(OwnOperations.class)
			.withPropertyValues("atomicwrite.directories.data.path=" + this.directory,
					"atomicwrite.startup-check=probe")
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.hasSingleBean(AtomicFileOperations.class)
					.doesNotHaveBean(AtomicFileTemplate.class);
				assertThat(context.getBean(DirectoryInspector.class).requirements().options().safety())
					.isEqualTo(SafetyPolicy.WARN);
				assertThat(context.getBean(OwnOperations.class).calls).contains("diagnose");
			});
	}

	@Test
	void templateIsABeanOfTheInterface() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(AtomicFileOperations.class)
			.hasSingleBean(AtomicFileTemplate.class));
	}

	@Test
	void formatBeansArePickedUpAndCountBeforeOurs() {
		this.runner.withBean("words", Format.class, Words::new).run((context) -> {
			AtomicFileOperations files = context.getBean(AtomicFileOperations.class);
			for (String name : List.of("a.words", "a.json")) {
				Path file = this.directory.resolve(name);
				files.writeValue(file, "x");
				assertThat(file).hasContent("word x");
			}
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnOperations {

		final List<String> calls = new CopyOnWriteArrayList<>();

		@Bean
		AtomicFileOperations files() {
			AtomicFileTemplate delegate = AtomicFileTemplate.builder()
				.defaults(WriteOptions.engineDefaults().with((options) -> options.safety(SafetyPolicy.WARN)))
				.build();
			return (AtomicFileOperations) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { AtomicFileOperations.class }, (proxy, method, args) -> {
						this.calls.add(method.getName());
						try {
							return method.invoke(delegate, args);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

	}

	static final class Words implements Format {

		@Override
		public Set<String> extensions() {
			return Set.of("words", "json");
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

}

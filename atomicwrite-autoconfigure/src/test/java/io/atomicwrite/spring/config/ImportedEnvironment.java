package io.atomicwrite.spring.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * An environment that Spring Boot has prepared, as it does before there is a context.
 *
 * @param environment the environment
 * @param bootstrap what the loaders have left for the context
 */
record ImportedEnvironment(StandardEnvironment environment, DefaultBootstrapContext bootstrap) {

	static ImportedEnvironment of(String... properties) {
		Map<String, Object> given = new HashMap<>();
		for (String property : properties) {
			int end = property.indexOf('=');
			given.put(property.substring(0, end), property.substring(end + 1));
		}
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("given", given));
		DefaultBootstrapContext bootstrap = new DefaultBootstrapContext();
		ConfigDataEnvironmentPostProcessor.applyTo(environment, new DefaultResourceLoader(), bootstrap);
		return new ImportedEnvironment(environment, bootstrap);
	}

	/** Prepares one that must fail, and returns what the user reads. */
	static FailureAnalysis failure(String... properties) {
		try {
			throw new AssertionError("prepared " + of(properties));
		}
		catch (RuntimeException ex) {
			return analyze(ex);
		}
	}

	private static FailureAnalysis analyze(RuntimeException failure) {
		SpringFactoriesLoader.ArgumentResolver arguments = SpringFactoriesLoader.ArgumentResolver.of(Environment.class,
				new StandardEnvironment());
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, (factoryType, name, ex) -> {
			})
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow(() -> new AssertionError("not analyzed", failure));
	}

	String get(String name) {
		return Objects.requireNonNull(this.environment.getProperty(name), name);
	}

	<T> T get(String name, Class<T> type) {
		return Objects.requireNonNull(this.environment.getProperty(name, type), name);
	}

	String origin(String name) {
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (source.getName().startsWith("atomicfile") && source.containsProperty(name)) {
				return String.valueOf(OriginLookup.getOrigin(source, name));
			}
		}
		throw new AssertionError(name);
	}

	ImportedFile file() {
		return this.bootstrap.get(ImportedFiles.class).all().get(0);
	}

}

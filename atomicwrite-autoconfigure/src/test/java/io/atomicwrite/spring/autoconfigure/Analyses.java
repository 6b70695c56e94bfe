package io.atomicwrite.spring.autoconfigure;

import java.util.Objects;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * The failure analysis that a user sees when the application does not start.
 */
final class Analyses {

	private Analyses() {
	}

	static FailureAnalysis ofStart(ApplicationContextRunner runner, String... properties) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		runner.withPropertyValues(properties).run((context) -> {
			Throwable failure = Objects.requireNonNull(context.getStartupFailure());
			analysis[0] = of(failure, environment(properties));
		});
		return analysis[0];
	}

	static FailureAnalysis of(Throwable failure) {
		return of(failure, new StandardEnvironment());
	}

	/** With all analyzers that an application has, ours come by their registration. */
	private static FailureAnalysis of(Throwable failure, Environment environment) {
		SpringFactoriesLoader.ArgumentResolver arguments = SpringFactoriesLoader.ArgumentResolver.of(Environment.class,
				environment);
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, (factoryType, name, ex) -> {
			})
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow();
	}

	private static Environment environment(String... properties) {
		StandardEnvironment environment = new StandardEnvironment();
		TestPropertyValues.of(properties).applyTo(environment);
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

}

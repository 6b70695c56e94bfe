package io.atomicwrite.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * Explains a bean of this library that is wanted while the auto-configuration is disabled
 * by its property, before Spring Boot's own analysis explains that there is no such bean.
 */
final class DisabledFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException>
		implements Ordered {

	private static final String ENABLED = "atomicwrite.enabled";

	private final Environment environment;

	DisabledFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		ResolvableType type = cause.getResolvableType();
		if (type == null || cause instanceof NoUniqueBeanDefinitionException || !isOurs(type)
				|| this.environment.getProperty(ENABLED, Boolean.class, true)) {
			return null;
		}
		String name = type.toClass().getSimpleName();
		return new FailureAnalysis(
				(description != null ? description : "The application") + " requires a bean of type " + type
						+ ", but the auto-configuration of atomicwrite is disabled: '" + ENABLED + "' is false"
						+ origin() + ".",
				"Set '" + ENABLED + "' to true, declare a bean of type " + name + ", or inject an ObjectProvider<"
						+ name + "> where it may be missing.",
				cause);
	}

	private static boolean isOurs(ResolvableType type) {
		return type.toClass().getName().startsWith("io.atomicwrite.");
	}

	private String origin() {
		ConfigurationPropertyName name = ConfigurationPropertyName.of(ENABLED);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return (property.getOrigin() != null) ? " (" + property.getOrigin() + ")" : "";
			}
		}
		return "";
	}

}

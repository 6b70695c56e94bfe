package io.atomicwrite.spring.config;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.PropertySource;

/**
 * Decides in a refresh, as Spring Boot does at the start, which documents of a file are
 * active.
 */
final class Activation {

	private static final String PREFIX = "spring.config.activate.";

	private Activation() {
	}

	/** Returns whether a document has conditions. */
	static boolean isConditional(PropertySource<?> source) {
		if (source instanceof EnumerablePropertySource<?> enumerable) {
			for (String name : enumerable.getPropertyNames()) {
				if (name.startsWith(PREFIX)) {
					return true;
				}
			}
		}
		return false;
	}

	/** Returns whether the conditions of a document hold. */
	static boolean isActive(PropertySource<?> source, Environment environment) {
		if (!isConditional(source)) {
			return true;
		}
		Binder binder = new Binder(ConfigurationPropertySources.from(source));
		boolean profile = binder.bind(PREFIX + "on-profile", String[].class)
			.map((profiles) -> environment.acceptsProfiles(Profiles.of(profiles)))
			.orElse(true);
		boolean platform = binder.bind(PREFIX + "on-cloud-platform", CloudPlatform.class)
			.map((wanted) -> wanted == CloudPlatform.getActive(environment))
			.orElse(true);
		return profile && platform;
	}

}

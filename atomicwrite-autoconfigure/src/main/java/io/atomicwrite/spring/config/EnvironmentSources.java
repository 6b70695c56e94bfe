package io.atomicwrite.spring.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * The property sources of an imported file in an environment, which are found by their
 * names.
 *
 * @param name the name of the only one, and the begin of the names of several
 */
record EnvironmentSources(String name) {

	/** What Spring Boot puts in front of all others, and what is made of them. */
	private static final String ATTACHED = "configurationProperties";

	/** Returns the property sources of an environment, in a list of their own. */
	static MutablePropertySources copy(ConfigurableEnvironment environment) {
		MutablePropertySources copy = new MutablePropertySources();
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (!source.getName().equals(ATTACHED)
					&& !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
				copy.addLast(source);
			}
		}
		return copy;
	}

	/**
	 * Returns the documents that are active.
	 * @param documents all documents, that of the lowest precedence first
	 * @param environment what decides about their conditions
	 * @return the active ones in the same order
	 */
	static List<PropertySource<?>> active(List<PropertySource<?>> documents, Environment environment) {
		List<PropertySource<?>> active = new ArrayList<>();
		for (PropertySource<?> document : documents) {
			if (Activation.isActive(document, environment)) {
				active.add(document);
			}
		}
		return active;
	}

	/**
	 * Puts documents in the place of those that are there. Those of a name are replaced
	 * at once; no moment is without a property that both have.
	 * @param sources where to replace
	 * @param documents the documents, that of the lowest precedence first
	 * @return whether there were some
	 */
	boolean replace(MutablePropertySources sources, List<PropertySource<?>> documents) {
		List<String> old = sources.stream().map(PropertySource::getName).filter(this::isOurs).toList();
		if (old.isEmpty()) {
			return false;
		}
		List<PropertySource<?>> ordered = new ArrayList<>(documents);
		Collections.reverse(ordered);
		List<String> kept = new ArrayList<>();
		for (PropertySource<?> document : ordered) {
			if (old.contains(document.getName())) {
				sources.replace(document.getName(), document);
			}
			else if (kept.isEmpty()) {
				sources.addBefore(old.get(0), document);
			}
			else {
				sources.addAfter(kept.get(kept.size() - 1), document);
			}
			kept.add(document.getName());
		}
		old.stream().filter((source) -> !kept.contains(source)).forEach(sources::remove);
		return true;
	}

	private boolean isOurs(String source) {
		return source.equals(this.name) || source.startsWith(this.name + " (document #");
	}

}

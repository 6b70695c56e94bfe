package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.publication.AtomicPublications;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;

/**
 * What of the starter an application uses from its start on, as far as that is known
 * before any of it is created: what is configured, and what the application provides
 * itself. Everything else is created when it is needed first.
 */
final class Demand {

	static final String DIRECTORIES = "atomicwriteManagedDirectories";

	static final String PUBLICATIONS = "atomicwritePublications";

	private final Environment environment;

	private final ListableBeanFactory beans;

	Demand(Environment environment, ListableBeanFactory beans) {
		this.environment = environment;
		this.beans = beans;
	}

	/** Returns whether anything is to be done or checked at the start. */
	boolean isAny() {
		return isConfigured("atomicwrite") || isProvided(ManagedDirectories.class, DIRECTORIES);
	}

	/** Returns whether there may be managed directories. */
	boolean usesDirectories() {
		return isConfigured("atomicwrite.directories") || isProvided(ManagedDirectories.class, DIRECTORIES);
	}

	/** Returns whether there may be publications. */
	boolean usesPublications() {
		return isConfigured("atomicwrite.publications") || isProvided(AtomicPublications.class, PUBLICATIONS);
	}

	/** Returns whether there may be documents by name. */
	boolean usesDocuments() {
		return isConfigured("atomicwrite.documents");
	}

	/** Returns whether a property below a name is set, or may be. */
	private boolean isConfigured(String prefix) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of(prefix);
		for (var source : ConfigurationPropertySources.get(this.environment)) {
			if (source.containsDescendantOf(name) != ConfigurationPropertyState.ABSENT) {
				return true;
			}
		}
		return false;
	}

	/** Returns whether the application has another bean of a type than the starter. */
	private boolean isProvided(Class<?> type, String own) {
		for (String name : this.beans.getBeanNamesForType(type, true, false)) {
			if (!name.equals(own)) {
				return true;
			}
		}
		return false;
	}

}

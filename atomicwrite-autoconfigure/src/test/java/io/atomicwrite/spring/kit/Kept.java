package io.atomicwrite.spring.kit;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.health.AtomicWriteHealthContributorAutoConfiguration;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.document.AtomicDocuments;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application that keeps settings, data and exports.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ AtomicWriteAutoConfiguration.class, AtomicWriteHealthContributorAutoConfiguration.class,
		EndpointAutoConfiguration.class, HealthContributorAutoConfiguration.class,
		HealthContributorRegistryAutoConfiguration.class, HealthEndpointAutoConfiguration.class })
class Kept {

	private final AtomicFileOperations files;

	private final ManagedDirectories directories;

	Kept(AtomicFileOperations files, ManagedDirectories directories) {
		this.files = files;
		this.directories = directories;
	}

	@Bean
	static AtomicDocument<Settings> settings(AtomicDocuments documents) {
		return documents.open("settings", Settings.class);
	}

	/** Writes into each of the directories, twice, so that there are backups. */
	void writeEverywhere(AtomicDocument<Settings> settings) {
		for (String text : new String[] { "old", "new" }) {
			settings.update((old) -> new Settings(text));
			this.files.writeString(this.directories.path("data").resolve("state.txt"), text);
			this.files.writeString(this.directories.path("exports").resolve("report.txt"), text);
		}
	}

	record Settings(@DefaultValue("light") String theme) {
	}

}

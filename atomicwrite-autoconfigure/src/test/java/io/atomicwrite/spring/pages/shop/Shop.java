package io.atomicwrite.spring.pages.shop;

import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.health.AtomicWriteHealthContributorAutoConfiguration;
import io.atomicwrite.spring.document.AtomicDocuments;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.PropertySource;

/**
 * The application of the page, with the configuration that the page shows.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@PropertySource("classpath:shop.properties")
@ImportAutoConfiguration({ AtomicWriteAutoConfiguration.class, AtomicWriteHealthContributorAutoConfiguration.class,
		EndpointAutoConfiguration.class, HealthContributorAutoConfiguration.class,
		HealthContributorRegistryAutoConfiguration.class, HealthEndpointAutoConfiguration.class })
class Shop {

	@Bean
	AtomicDocument<Settings> settings(AtomicDocuments documents) {
		return documents.open("settings", Settings.class);
	}

}

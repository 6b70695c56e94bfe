package io.atomicwrite.spring.autoconfigure.health;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.AtomicWriteInfrastructure;
import io.atomicwrite.spring.config.ImportedFiles;
import io.atomicwrite.spring.directory.DirectoryActivity;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.document.AtomicDocuments;
import io.atomicwrite.spring.health.AtomicWriteHealthContributor;
import io.atomicwrite.spring.health.AtomicWriteHealthEndpointGroups;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link AtomicWriteHealthContributor}.
 * Its composites have the worst status of their parts. In the sum of the application, the
 * statuses of its own are ordered after {@code UP}, so that they never hide it and never
 * take an application out of service; an order that the application configures counts
 * more there.
 */
@AutoConfiguration(after = AtomicWriteAutoConfiguration.class)
@ConditionalOnClass({ AtomicFileTemplate.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(DirectoryInspector.class)
@ConditionalOnEnabledHealthIndicator("atomicwrite")
@PropertySource("classpath:io/atomicwrite/spring/health/status-order.properties")
@EnableConfigurationProperties(AtomicWriteHealthIndicatorProperties.class)
public final class AtomicWriteHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "atomicwriteHealthIndicator", "atomicwriteHealthContributor" })
	AtomicWriteHealthContributor atomicwriteHealthContributor(DirectoryLooks looks,
			AtomicWriteInfrastructure infrastructure, DirectoryActivity activity,
			AtomicWriteHealthIndicatorProperties properties, AtomicDocuments documents,
			ObjectProvider<ImportedFiles> imports) {
		return new AtomicWriteHealthContributor(looks, infrastructure.locks(), activity, properties.limits(), documents,
				imports.getIfAvailable(ImportedFiles::new));
	}

	/**
	 * The order within the composites, where there is an endpoint that shows them.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthEndpointGroupsPostProcessor.class, SecurityContext.class })
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "atomicwriteHealthEndpointGroups")
		static HealthEndpointGroupsPostProcessor atomicwriteHealthEndpointGroups() {
			return AtomicWriteHealthEndpointGroups::new;
		}

	}

}

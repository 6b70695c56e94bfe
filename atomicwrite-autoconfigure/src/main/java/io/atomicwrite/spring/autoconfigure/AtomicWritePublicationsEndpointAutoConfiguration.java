package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.spring.actuate.endpoint.AtomicWritePublicationsEndpoint;
import io.atomicwrite.spring.actuate.endpoint.AtomicWritePublicationsEndpointWebExtension;
import io.atomicwrite.spring.publication.AtomicPublications;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for
 * {@link AtomicWritePublicationsEndpoint}.
 */
@AutoConfiguration(after = AtomicWriteAutoConfiguration.class)
@ConditionalOnClass({ AtomicFileTemplate.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(AtomicPublications.class)
@ConditionalOnAvailableEndpoint(AtomicWritePublicationsEndpoint.class)
public final class AtomicWritePublicationsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AtomicWritePublicationsEndpoint atomicwritePublicationsEndpoint(AtomicPublications publications,
			AtomicWriteProperties properties, ApplicationEventPublisher events) {
		return new AtomicWritePublicationsEndpoint(publications, new PropertiesTimeouts(properties).look(), events);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(AtomicWritePublicationsEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	AtomicWritePublicationsEndpointWebExtension atomicwritePublicationsEndpointWebExtension(
			AtomicWritePublicationsEndpoint endpoint) {
		return new AtomicWritePublicationsEndpointWebExtension(endpoint);
	}

	/** Serves it below the endpoint, so that what guards that guards it too. */
	@Bean
	PathMapper atomicwritePublicationsPathMapper(Environment environment) {
		String path = environment.getProperty("management.endpoints.web.path-mapping.atomicwrite", "atomicwrite");
		return (id) -> id.equals(EndpointId.of(AtomicWritePublicationsEndpoint.ID)) ? path + "/publications" : null;
	}

}

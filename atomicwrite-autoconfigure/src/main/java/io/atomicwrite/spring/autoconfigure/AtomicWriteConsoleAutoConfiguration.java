package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.spring.actuate.console.AtomicWriteConsoleEndpoint;
import io.atomicwrite.spring.actuate.console.ConsoleViews;
import io.atomicwrite.spring.actuate.console.DirectoryViews;
import io.atomicwrite.spring.actuate.console.DocumentChanges;
import io.atomicwrite.spring.actuate.endpoint.AtomicWriteEndpoint;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.document.AtomicDocuments;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for the console. It is there only where
 * both it and the endpoint {@code atomicwrite} are accessible and exposed over HTTP.
 */
@AutoConfiguration(after = AtomicWriteEndpointAutoConfiguration.class)
@ConditionalOnClass({ AtomicFileTemplate.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(AtomicWriteEndpoint.class)
@ConditionalOnAvailableEndpoint(endpoint = AtomicWriteConsoleEndpoint.class, exposure = EndpointExposure.WEB)
@EnableConfigurationProperties(AtomicWriteConsoleProperties.class)
public final class AtomicWriteConsoleAutoConfiguration {

	private static final String ENDPOINT = "atomicwrite";

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(endpoint = AtomicWriteEndpoint.class, exposure = EndpointExposure.WEB)
	AtomicWriteConsoleEndpoint atomicwriteConsoleEndpoint(EndpointAccessResolver access, ConsoleViews views,
			AtomicWriteConsoleProperties properties) {
		return new AtomicWriteConsoleEndpoint(access.accessFor(EndpointId.of(ENDPOINT), Access.READ_ONLY), views,
				properties.showValues());
	}

	@Bean
	ConsoleViews atomicwriteConsoleViews(DirectoryLooks looks, AtomicWriteInfrastructure infrastructure,
			AtomicWriteProperties properties, AtomicDocuments documents, DocumentChanges changes) {
		DirectoryViews views = new DirectoryViews(looks, infrastructure.files(), infrastructure.clock(),
				new PropertiesBackup(properties.backup()).ofBackupsThatMayExist());
		return new ConsoleViews(looks.directories(), views, documents, changes);
	}

	@Bean
	DocumentChanges atomicwriteDocumentChanges(AtomicWriteInfrastructure infrastructure) {
		return new DocumentChanges(infrastructure.clock());
	}

	/** Serves the console below the endpoint, so that what guards that guards it too. */
	@Bean
	PathMapper atomicwriteConsolePathMapper(Environment environment) {
		String path = environment.getProperty("management.endpoints.web.path-mapping." + ENDPOINT, ENDPOINT);
		return (id) -> id.equals(EndpointId.of(AtomicWriteConsoleEndpoint.ID)) ? path + "/console" : null;
	}

}

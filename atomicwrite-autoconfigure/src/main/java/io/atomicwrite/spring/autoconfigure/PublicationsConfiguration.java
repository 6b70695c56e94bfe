package io.atomicwrite.spring.autoconfigure;

import java.util.Optional;
import java.util.function.Supplier;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.publication.PublicationListener;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.publication.AtomicPublications;
import io.atomicwrite.spring.publication.PublicationWatch;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Configures publications by name.
 */
@Configuration(proxyBeanMethods = false)
@Lazy
class PublicationsConfiguration {

	@Bean(Demand.PUBLICATIONS)
	@ConditionalOnMissingBean
	AtomicPublications atomicwritePublications(AtomicWriteProperties properties,
			AtomicWriteInfrastructure infrastructure, ManagedDirectories directories,
			ObjectProvider<PublicationListener> listeners, ApplicationEventPublisher events) {
		Supplier<AtomicFileOperations> operations = () -> infrastructure.operations()
			.orElseGet(() -> AtomicWriteAutoConfiguration.builder(properties, infrastructure, directories).build());
		return new AtomicPublications(operations, new PropertiesPublications(properties, directories).get(),
				() -> listeners.orderedStream().toList(), events, infrastructure.clock());
	}

	// a side effect that nobody asks for, so it must not be lazy
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	PublicationWatch atomicwritePublicationWatch(Demand demand,
			ObjectProvider<AtomicWriteInfrastructure> infrastructure, ObjectProvider<AtomicPublications> publications) {
		return new PublicationWatch(() -> infrastructure.getObject().files(),
				demand.usesPublications() ? Optional.of(publications.getObject()) : Optional.empty());
	}

}

package io.atomicwrite.spring.autoconfigure;

import java.time.Duration;
import java.util.function.Supplier;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.maintenance.DirectoryListing;
import io.atomicwrite.spring.actuate.endpoint.AtomicWriteEndpoint;
import io.atomicwrite.spring.actuate.endpoint.AtomicWriteEndpointWebExtension;
import io.atomicwrite.spring.directory.DirectoryActivity;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.directory.LiveWrites;
import io.atomicwrite.spring.directory.LockLooks;
import io.atomicwrite.spring.document.AtomicDocuments;
import io.atomicwrite.spring.housekeeping.DirectoryHousekeeping;
import io.atomicwrite.spring.housekeeping.RequestedSweeps;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link AtomicWriteEndpoint}.
 */
@AutoConfiguration(after = AtomicWriteAutoConfiguration.class)
@ConditionalOnClass({ AtomicFileTemplate.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(DirectoryInspector.class)
@ConditionalOnAvailableEndpoint(AtomicWriteEndpoint.class)
public final class AtomicWriteEndpointAutoConfiguration {

	/** From when on the census counts an orphan too. */
	private static final Duration ORPHAN_AGE = Duration.ofMinutes(1);

	@Bean
	@ConditionalOnMissingBean
	LockLooks atomicwriteLockLooks(DirectoryLooks looks, AtomicWriteInfrastructure infrastructure,
			DirectoryListing listing) {
		return new LockLooks(looks, infrastructure.locks(), listing);
	}

	@Bean
	@ConditionalOnMissingBean
	DirectoryListing atomicwriteDirectoryListing(AtomicWriteInfrastructure infrastructure) {
		return new DirectoryListing(infrastructure.files(), infrastructure.locks(), infrastructure.clock(), ORPHAN_AGE);
	}

	@Bean
	@ConditionalOnMissingBean
	AtomicWriteEndpoint atomicwriteEndpoint(DirectoryLooks looks, AtomicWriteInfrastructure infrastructure,
			LockLooks locks, DirectoryHousekeeping housekeeping, AtomicDocuments documents, DirectoryListing listing,
			AtomicWriteProperties properties, ApplicationEventPublisher events, LiveWrites writes,
			DirectoryActivity activity) {
		Supplier<AtomicFileOperations> operations = () -> infrastructure.operations()
			.orElseGet(() -> AtomicWriteAutoConfiguration.builder(properties, infrastructure, looks.directories())
				.build());
		return new AtomicWriteEndpoint(looks, infrastructure.locks(), locks, new RequestedSweeps(housekeeping, looks),
				documents, listing, operations, events, writes, activity);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(AtomicWriteEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	AtomicWriteEndpointWebExtension atomicwriteEndpointWebExtension(AtomicWriteEndpoint endpoint) {
		return new AtomicWriteEndpointWebExtension(endpoint);
	}

}

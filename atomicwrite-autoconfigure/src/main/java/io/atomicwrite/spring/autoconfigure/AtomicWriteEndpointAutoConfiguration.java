package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.DirectoryCensus;
import io.atomicwrite.spring.actuate.endpoint.AtomicWriteEndpoint;
import io.atomicwrite.spring.actuate.endpoint.AtomicWriteEndpointWebExtension;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.housekeeping.DirectoryHousekeeping;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link AtomicWriteEndpoint}.
 */
@AutoConfiguration(after = AtomicWriteAutoConfiguration.class)
@ConditionalOnClass({ AtomicFileTemplate.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(DirectoryInspector.class)
@ConditionalOnAvailableEndpoint(AtomicWriteEndpoint.class)
public final class AtomicWriteEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AtomicWriteEndpoint atomicwriteEndpoint(ManagedDirectories directories, DirectoryInspector inspector,
			DirectoryCensus census, LockRegistry locks, DirectoryHousekeeping housekeeping) {
		return new AtomicWriteEndpoint(directories, inspector, census, locks, housekeeping);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(AtomicWriteEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	AtomicWriteEndpointWebExtension atomicwriteEndpointWebExtension(AtomicWriteEndpoint endpoint) {
		return new AtomicWriteEndpointWebExtension(endpoint);
	}

}

package io.atomicwrite.spring.autoconfigure.metrics;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.metrics.ObservationWriteListener;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for observations of atomic writes.
 */
@AutoConfiguration(after = AtomicWriteAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass({ AtomicFileTemplate.class, ObservationRegistry.class })
@ConditionalOnBean(ManagedDirectories.class)
@ConditionalOnSingleCandidate(ObservationRegistry.class)
public final class AtomicWriteObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ObservationWriteListener atomicwriteObservationWriteListener(ObservationRegistry registry,
			ManagedDirectories directories) {
		return new ObservationWriteListener(registry, directories);
	}

}

package io.atomicwrite.spring.autoconfigure.metrics;

import java.util.stream.Stream;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.AtomicWriteInfrastructure;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.directory.LiveWrites;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.document.AtomicDocuments;
import io.atomicwrite.spring.housekeeping.DirectoryHousekeeping;
import io.atomicwrite.spring.metrics.AtomicWriteMeterFilter;
import io.atomicwrite.spring.metrics.AtomicWriteMetrics;
import io.atomicwrite.spring.metrics.AtomicWriteObservationConvention;
import io.atomicwrite.spring.metrics.MicrometerDocumentListener;
import io.atomicwrite.spring.metrics.MicrometerLockListener;
import io.atomicwrite.spring.metrics.MicrometerPublicationListener;
import io.atomicwrite.spring.metrics.MicrometerSweepListener;
import io.atomicwrite.spring.metrics.MicrometerWriteListener;
import io.atomicwrite.spring.metrics.ObservedWrites;
import io.atomicwrite.spring.publication.AtomicPublications;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for metrics of atomic writes.
 */
@AutoConfiguration(after = { AtomicWriteAutoConfiguration.class, AtomicWriteObservationAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({ AtomicFileTemplate.class, MeterRegistry.class })
@ConditionalOnBean(DirectoryInspector.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
public final class AtomicWriteMetricsAutoConfiguration {

	// Micrometer times an observation under the same name, so don't time it twice
	@Bean
	@ConditionalOnMissingBean
	ObservedWrites atomicwriteObservedWrites(ObjectProvider<ObservationRegistry> observations,
			ObjectProvider<ObservationPredicate> predicates, ObjectProvider<ObservationFilter> filters,
			ObjectProvider<AtomicWriteObservationConvention> conventions,
			ObjectProvider<GlobalObservationConvention<?>> globals) {
		return new ObservedWrites(observations.getIfUnique(() -> ObservationRegistry.NOOP), predicates::orderedStream,
				filters::orderedStream,
				() -> Stream.concat(Stream.ofNullable(conventions.getIfUnique()), globals.orderedStream()));
	}

	@Bean
	@ConditionalOnMissingBean
	AtomicWriteMeterFilter atomicwriteMeterFilter() {
		return new AtomicWriteMeterFilter();
	}

	@Bean
	@ConditionalOnMissingBean
	MicrometerWriteListener atomicwriteMicrometerWriteListener(MeterRegistry registry, ManagedDirectories directories,
			ObservedWrites observed) {
		return new MicrometerWriteListener(registry, directories, observed);
	}

	@Bean
	@ConditionalOnMissingBean
	MicrometerLockListener atomicwriteMicrometerLockListener(MeterRegistry registry, ManagedDirectories directories) {
		return new MicrometerLockListener(registry, directories);
	}

	@Bean
	@ConditionalOnMissingBean
	MicrometerSweepListener atomicwriteMicrometerSweepListener(MeterRegistry registry) {
		return new MicrometerSweepListener(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	MicrometerDocumentListener atomicwriteMicrometerDocumentListener(MeterRegistry registry,
			AtomicDocuments documents) {
		return new MicrometerDocumentListener(registry, documents);
	}

	@Bean
	@ConditionalOnMissingBean
	MicrometerPublicationListener atomicwriteMicrometerPublicationListener(MeterRegistry registry,
			AtomicPublications publications, AtomicWriteInfrastructure infrastructure) {
		return new MicrometerPublicationListener(registry, publications, infrastructure.clock());
	}

	@Bean
	@ConditionalOnMissingBean
	AtomicWriteMetrics atomicwriteMetrics(DirectoryLooks looks, DirectoryHousekeeping housekeeping,
			AtomicWriteInfrastructure infrastructure, ObservedWrites observed, LiveWrites writes) {
		return new AtomicWriteMetrics(looks, housekeeping, infrastructure.locks(), observed, writes);
	}

}

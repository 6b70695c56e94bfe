package io.atomicwrite.spring.autoconfigure.metrics;

import java.time.Duration;
import java.time.InstantSource;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.DirectoryCensus;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.directory.CachedCensus;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.metrics.AtomicWriteMetrics;
import io.atomicwrite.spring.metrics.MicrometerLockListener;
import io.atomicwrite.spring.metrics.MicrometerSweepListener;
import io.atomicwrite.spring.metrics.MicrometerWriteListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for metrics of atomic writes.
 */
@AutoConfiguration(after = { AtomicWriteAutoConfiguration.class, AtomicWriteObservationAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({ AtomicFileTemplate.class, MeterRegistry.class })
@ConditionalOnBean({ DirectoryInspector.class, MeterRegistry.class })
public final class AtomicWriteMetricsAutoConfiguration {

	private static final Duration CENSUS_TIME_TO_LIVE = Duration.ofSeconds(30);

	// Micrometer times an observation under the same name, so don't time it twice
	@Bean
	@ConditionalOnMissingBean
	MicrometerWriteListener atomicwriteMicrometerWriteListener(MeterRegistry registry, ManagedDirectories directories,
			ObjectProvider<ObservationRegistry> observations) {
		boolean observed = !observations.getIfUnique(() -> ObservationRegistry.NOOP).isNoop();
		return new MicrometerWriteListener(registry, directories, !observed);
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
	AtomicWriteMetrics atomicwriteMetrics(ManagedDirectories directories, DirectoryInspector inspector,
			DirectoryCensus census, LockRegistry locks) {
		return new AtomicWriteMetrics(directories, inspector,
				new CachedCensus(census, CENSUS_TIME_TO_LIVE, InstantSource.system()), locks);
	}

}

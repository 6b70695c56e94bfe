package io.atomicwrite.spring.autoconfigure.metrics;

import java.nio.file.Path;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.AtomicWriteInfrastructure;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.metrics.AtomicWriteObservationContext;
import io.atomicwrite.spring.metrics.AtomicWriteObservationConvention;
import io.atomicwrite.spring.metrics.DefaultAtomicWriteObservationConvention;
import io.atomicwrite.spring.metrics.ObservationWriteListener;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link AutoConfiguration Auto-configuration} for observations of atomic writes.
 */
@AutoConfiguration(after = AtomicWriteAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass({ AtomicFileTemplate.class, ObservationRegistry.class })
@ConditionalOnBean(ManagedDirectories.class)
@ConditionalOnSingleCandidate(ObservationRegistry.class)
@EnableConfigurationProperties(AtomicWriteObservationProperties.class)
public final class AtomicWriteObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ObservationWriteListener atomicwriteObservationWriteListener(ObservationRegistry registry,
			ManagedDirectories directories, AtomicWriteInfrastructure infrastructure,
			AtomicWriteObservationProperties properties, ObjectProvider<AtomicWriteObservationConvention> conventions,
			ObjectProvider<ObservationHandler<?>> handlers) {
		return new ObservationWriteListener(registry, directories, conventions.getIfUnique(),
				new DefaultAtomicWriteObservationConvention(properties.includeFile()),
				SingletonSupplier.of(() -> isObservedByMoreThanMeters(handlers))::obtain, infrastructure.clock());
	}

	/** Events are of use to traces alone, and cost meters more than the write's timer. */
	private static boolean isObservedByMoreThanMeters(ObjectProvider<ObservationHandler<?>> handlers) {
		AtomicWriteObservationContext context = new AtomicWriteObservationContext(WriteAttempt.Kind.WRITE, Path.of("/"),
				ManagedDirectories.OTHER);
		return handlers.stream().anyMatch((handler) -> !isOfMeters(handler) && handler.supportsContext(context));
	}

	private static boolean isOfMeters(ObservationHandler<?> handler) {
		return ClassUtils.isPresent("io.micrometer.core.instrument.observation.MeterObservationHandler", null)
				&& Meters.have(handler);
	}

	/** Loaded only where Micrometer's meters are on the class path. */
	private static final class Meters {

		static boolean have(ObservationHandler<?> handler) {
			return handler instanceof MeterObservationHandler;
		}

	}

}

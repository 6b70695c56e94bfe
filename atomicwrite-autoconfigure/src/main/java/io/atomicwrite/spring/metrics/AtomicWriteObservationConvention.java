package io.atomicwrite.spring.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The {@link ObservationConvention} of writes. A bean of this type takes the place of
 * {@link DefaultAtomicWriteObservationConvention}, as does a
 * {@link io.micrometer.observation.GlobalObservationConvention} that supports
 * {@link AtomicWriteObservationContext}. It is asked when a write begins and again when
 * it has ended.
 */
public interface AtomicWriteObservationConvention extends ObservationConvention<AtomicWriteObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof AtomicWriteObservationContext;
	}

}

package io.atomicwrite.spring.metrics;

import io.atomicwrite.spring.metrics.AtomicWriteObservationDocumentation.HighCardinalityKeys;
import io.atomicwrite.spring.metrics.AtomicWriteObservationDocumentation.LowCardinalityKeys;
import io.micrometer.common.KeyValues;

/**
 * The convention of writes unless an application has its own. Immutable and thread-safe.
 */
public class DefaultAtomicWriteObservationConvention implements AtomicWriteObservationConvention {

	private final boolean includeFile;

	/**
	 * Creates a convention whose traces have the path of the file.
	 */
	public DefaultAtomicWriteObservationConvention() {
		this(true);
	}

	/**
	 * Creates a convention.
	 * @param includeFile whether traces have the path of the file; meters never do
	 */
	public DefaultAtomicWriteObservationConvention(boolean includeFile) {
		this.includeFile = includeFile;
	}

	@Override
	public String getName() {
		return MeterNames.WRITE;
	}

	@Override
	public String getContextualName(AtomicWriteObservationContext context) {
		return MeterNames.value(context.getKind()) + " file";
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AtomicWriteObservationContext context) {
		KeyValues known = KeyValues.of(LowCardinalityKeys.DIRECTORY.withValue(context.getDirectory()));
		return context.getOutcome()
			.map((outcome) -> known.and(LowCardinalityKeys.OUTCOME.withValue(outcome),
					LowCardinalityKeys.EXCEPTION.withValue(exception(context))))
			.orElse(known);
	}

	private static String exception(AtomicWriteObservationContext context) {
		Throwable error = context.getError();
		return (error != null) ? MeterNames.exception(error) : MeterNames.NONE;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AtomicWriteObservationContext context) {
		return this.includeFile ? KeyValues.of(HighCardinalityKeys.FILE.withValue(context.getTarget().toString()))
				: KeyValues.empty();
	}

}

package io.atomicwrite.spring.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

/**
 * Corrects what Micrometer makes of the observations of writes: a timer without a
 * description, a counter for each event, and a timer of the writes under way, which is
 * three series for each directory where {@code atomicwrite.write.oldest} is one.
 * Immutable and thread-safe.
 */
public final class AtomicWriteMeterFilter implements MeterFilter {

	private static final String WRITE = AtomicWriteMeterDocumentation.WRITE.getName();

	private static final String ACTIVE = WRITE + ".active";

	private static final String EVENTS = WRITE + "." + PhaseEvents.PREFIX;

	/**
	 * Creates a filter.
	 */
	public AtomicWriteMeterFilter() {
	}

	@Override
	public Meter.Id map(Meter.Id id) {
		if (id.getDescription() != null || !id.getName().equals(WRITE)) {
			return id;
		}
		return new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(),
				AtomicWriteMeterDocumentation.WRITE.description(), id.getType());
	}

	@Override
	public MeterFilterReply accept(Meter.Id id) {
		return (id.getName().equals(ACTIVE) || id.getName().startsWith(EVENTS)) ? MeterFilterReply.DENY
				: MeterFilterReply.NEUTRAL;
	}

}

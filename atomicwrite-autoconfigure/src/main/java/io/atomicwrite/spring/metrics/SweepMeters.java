package io.atomicwrite.spring.metrics;

import io.atomicwrite.spring.directory.ManagedDirectory;
import io.atomicwrite.spring.housekeeping.DirectoryHousekeeping;
import io.atomicwrite.spring.housekeeping.SweepOutcome;
import io.atomicwrite.spring.housekeeping.SweepTally;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The meters of the sweeps of one directory.
 *
 * @param directory the directory
 * @param housekeeping sweeps it
 */
record SweepMeters(ManagedDirectory directory, DirectoryHousekeeping housekeeping) {

	void register(MeterRegistry registry) {
		SweepTally tally = this.housekeeping.tally(this.directory);
		for (SweepOutcome outcome : SweepOutcome.values()) {
			FunctionCounter
				.builder(AtomicWriteMeterDocumentation.HOUSEKEEPING_SWEEPS.getName(), tally,
						(ended) -> ended.count(outcome))
				.description(AtomicWriteMeterDocumentation.HOUSEKEEPING_SWEEPS.description())
				.tag(MeterNames.DIRECTORY, this.directory.name())
				.tag(MeterNames.OUTCOME, MeterNames.value(outcome))
				.register(registry);
		}
		AtomicWriteMeterDocumentation.HOUSEKEEPING_LAST_SUCCESS
			.gauge(() -> tally.lastSuccess().map((time) -> time.toEpochMilli() / 1e3).orElse(0.0))
			.tag(MeterNames.DIRECTORY, this.directory.name())
			.register(registry);
		AtomicWriteMeterDocumentation.HOUSEKEEPING_RUNNING
			.gauge(() -> this.housekeeping.running(this.directory).toMillis() / 1e3)
			.tag(MeterNames.DIRECTORY, this.directory.name())
			.register(registry);
	}

}

package io.atomicwrite.spring.housekeeping;

import io.atomicwrite.maintenance.SweepReport;

/**
 * How a sweep ended.
 */
public enum SweepOutcome {

	/** All that was to be removed is removed, if there was anything. */
	COMPLETED,

	/** It ended early, or something could not be examined or removed. */
	FAILED;

	static SweepOutcome of(SweepReport report) {
		return (report.complete() && report.failureCount() == 0) ? COMPLETED : FAILED;
	}

}

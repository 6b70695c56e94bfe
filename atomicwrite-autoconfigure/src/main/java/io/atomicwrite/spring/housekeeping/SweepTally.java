package io.atomicwrite.spring.housekeeping;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

import io.atomicwrite.maintenance.SweepReport;
import org.jspecify.annotations.Nullable;

/**
 * How the sweeps of one directory have ended since the application started. Dry runs and
 * sweeps that were skipped because another one was under way do not count. Thread-safe.
 */
public final class SweepTally {

	private final AtomicLongArray counts = new AtomicLongArray(SweepOutcome.values().length);

	private volatile @Nullable Instant lastSuccess;

	SweepTally() {
	}

	void ended(SweepReport report, Instant now) {
		if (report.dryRun() || report.skipped()) {
			return;
		}
		SweepOutcome outcome = SweepOutcome.of(report);
		this.counts.incrementAndGet(outcome.ordinal());
		if (outcome == SweepOutcome.COMPLETED) {
			this.lastSuccess = now;
		}
	}

	void failed(boolean dryRun) {
		if (!dryRun) {
			this.counts.incrementAndGet(SweepOutcome.FAILED.ordinal());
		}
	}

	/**
	 * Returns how many sweeps have ended in a way.
	 * @param outcome how they ended
	 * @return the number
	 */
	public long count(SweepOutcome outcome) {
		return this.counts.get(outcome.ordinal());
	}

	/**
	 * Returns when the last sweep without a failure ended.
	 * @return the time, empty if there was none
	 */
	public Optional<Instant> lastSuccess() {
		return Optional.ofNullable(this.lastSuccess);
	}

}

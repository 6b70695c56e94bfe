package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.isolation.Listeners;

/**
 * Collects the outcomes of a batch, and passes them on to its listener. Keeps little of
 * each: there may be a hundred thousand. For one thread.
 */
final class BatchOutcomes {

	private static final int MOST_KEPT = 100;

	private final List<BatchOutcome> outcomes = new ArrayList<>();

	private final Listeners<BatchListener> listener;

	private int failures;

	BatchOutcomes(BatchListener listener) {
		this.listener = new Listeners<>(List.of(Listeners.only(listener)));
	}

	/** A file begins, as one that is given up unless its outcome follows. */
	BatchEntry begin(BatchFile file) {
		this.outcomes.add(outcome(file.target(), WriteOutcome.NOT_COMMITTED, Optional.empty()));
		return new BatchEntry(file, this.outcomes.size() - 1);
	}

	void written(BatchEntry entry, WriteResult result) {
		entry.end();
		Path target = entry.file().target();
		set(entry, new BatchOutcome(target, true, result.outcome(), result.size(), Optional.empty()));
		this.listener.invoke((each) -> each.written(target, result));
	}

	void failed(BatchEntry entry, RuntimeException failure) {
		entry.end();
		Path target = entry.file().target();
		this.failures++;
		set(entry, outcome(target, entry.outcome(failure),
				(this.failures <= MOST_KEPT) ? Optional.of(failure) : Optional.empty()));
		this.listener.invoke((each) -> each.failed(target, failure));
	}

	BatchResult result(boolean interrupted) {
		return new BatchResult(this.outcomes, interrupted);
	}

	private void set(BatchEntry entry, BatchOutcome outcome) {
		this.outcomes.set(entry.index(), outcome);
	}

	private static BatchOutcome outcome(Path target, WriteOutcome outcome, Optional<RuntimeException> failure) {
		return new BatchOutcome(target, false, outcome, 0, failure);
	}

}

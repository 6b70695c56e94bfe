package io.atomicwrite.spring.metrics;

import java.util.Locale;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WriteOutcome;

/**
 * The names of meters and tags, and the tag values. No tag value is a path, so their
 * number is bounded.
 */
final class MeterNames {

	static final String WRITE = "atomicwrite.write";

	static final String WRITE_SIZE = "atomicwrite.write.size";

	static final String WRITE_PHASE = "atomicwrite.write.phase";

	static final String LOCK_WAIT = "atomicwrite.lock.wait";

	static final String LOCK_HOLD = "atomicwrite.lock.hold";

	static final String LOCK_HELD = "atomicwrite.lock.held";

	static final String LOCK_WAITING = "atomicwrite.lock.waiting";

	static final String ORPHANS = "atomicwrite.orphans";

	static final String ORPHAN_SIZE = "atomicwrite.orphan.size";

	static final String GUARANTEE_LEVEL = "atomicwrite.guarantee.level";

	static final String CHECKSUM_FAILURES = "atomicwrite.checksum.failures";

	static final String FALLBACKS = "atomicwrite.fallbacks";

	static final String HOUSEKEEPING_REMOVED = "atomicwrite.housekeeping.removed";

	static final String DIRECTORY = "directory";

	static final String OUTCOME = "outcome";

	static final String EXCEPTION = "exception";

	static final String PHASE = "phase";

	static final String GUARANTEE = "guarantee";

	static final String KIND = "kind";

	static final String NONE = "none";

	static final String ACQUIRED = "acquired";

	static final String DISCARDED = "discarded";

	private MeterNames() {
	}

	static String value(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	static String outcome(Throwable failure) {
		return value((failure instanceof AtomicWriteException ex) ? ex.outcome() : WriteOutcome.NOT_COMMITTED);
	}

	static String exception(Throwable failure) {
		String name = failure.getClass().getSimpleName();
		return name.isEmpty() ? failure.getClass().getName() : name;
	}

}

package io.atomicwrite.spring.metrics;

import java.util.Locale;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WriteOutcome;

/**
 * The values of tags. None is a path of a file, so their number is bounded.
 */
final class MeterNames {

	/** Also of the observation, which needs no meters on the class path. */
	static final String WRITE = "atomicwrite.write";

	static final String DIRECTORY = MeterTag.DIRECTORY.asString();

	static final String OUTCOME = MeterTag.OUTCOME.asString();

	static final String REASON = MeterTag.REASON.asString();

	static final String EXCEPTION = MeterTag.EXCEPTION.asString();

	static final String ERROR = MeterTag.ERROR.asString();

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

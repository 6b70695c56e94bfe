package io.atomicwrite.test.crash;

import org.jspecify.annotations.Nullable;

/**
 * Ends a simulation that can't be about crashes.
 */
@SuppressWarnings("serial")
final class InconclusiveException extends RuntimeException {

	private final CrashVerdict verdict;

	InconclusiveException(CrashVerdict verdict, String reason, @Nullable Throwable cause) {
		super(reason, cause);
		this.verdict = verdict;
	}

	CrashVerdict verdict() {
		return this.verdict;
	}

}

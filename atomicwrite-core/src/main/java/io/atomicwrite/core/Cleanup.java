package io.atomicwrite.core;

import org.jspecify.annotations.Nullable;

/**
 * Gives things back, each of them whatever happens to the others.
 */
final class Cleanup {

	private Cleanup() {
	}

	/** Runs every step in order, and then throws what the first failed step threw. */
	static void runAll(Runnable... steps) {
		Throwable first = null;
		for (Runnable step : steps) {
			first = firstOf(first, run(step));
		}
		if (first instanceof RuntimeException ex) {
			throw ex;
		}
		if (first instanceof Error error) {
			throw error;
		}
	}

	private static @Nullable Throwable run(Runnable step) {
		try {
			step.run();
			return null;
		}
		catch (RuntimeException | Error ex) {
			return ex;
		}
	}

	private static @Nullable Throwable firstOf(@Nullable Throwable first, @Nullable Throwable next) {
		if (first == null || next == null || first == next) {
			return (first != null) ? first : next;
		}
		first.addSuppressed(next);
		return first;
	}

}

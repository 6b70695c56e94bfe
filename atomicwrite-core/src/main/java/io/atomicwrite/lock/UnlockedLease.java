package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A lease that holds nothing.
 */
record UnlockedLease(Path target) implements LockLease {

	@Override
	public Duration waited() {
		return Duration.ZERO;
	}

	@Override
	public void ensureHeld() {
		// nothing is held that could be lost
	}

	@Override
	public void close() {
		// nothing is held
	}

}

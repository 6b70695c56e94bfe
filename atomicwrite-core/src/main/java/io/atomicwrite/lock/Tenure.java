package io.atomicwrite.lock;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The time for which a target's lock is held, from the acquisition of the lock to its one
 * release.
 */
final class Tenure {

	final Instant since;

	private final HostLocks.@Nullable Held hostLock;

	/** Why the lock file is left over, which does no harm: the lock itself ended. */
	volatile @Nullable IOException leftover;

	private final long fromNanos = System.nanoTime();

	Tenure(HostLocks.@Nullable Held hostLock, Instant since) {
		this.hostLock = hostLock;
		this.since = since;
	}

	/** Returns whether other processes are still excluded, as well as can be told. */
	boolean isHeld() throws IOException {
		return this.hostLock == null || this.hostLock.isHeld();
	}

	void release() {
		try {
			if (this.hostLock != null) {
				this.hostLock.release();
			}
		}
		catch (IOException ex) {
			this.leftover = ex;
		}
	}

	Duration length() {
		return Duration.ofNanos(System.nanoTime() - this.fromNanos);
	}

}

package io.atomicwrite.lock;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.atomicwrite.LockLostException;
import org.jspecify.annotations.Nullable;

/**
 * The time for which a target's lock is held, from the acquisition of the external lock
 * to its one release.
 */
final class Tenure {

	final Instant since;

	private final ExternalLocks.Held external;

	/**
	 * What kept the release from cleaning up, which does no harm: the lock itself ended.
	 */
	volatile @Nullable IOException leftover;

	private final long fromNanos = System.nanoTime();

	Tenure(ExternalLocks.Held external, Instant since) {
		this.external = external;
		this.since = since;
	}

	/** Returns why others are no longer excluded, or empty if they are. */
	Optional<String> loss() throws IOException {
		return this.external.loss();
	}

	/** Returns the kind of the loss that was found. */
	LockLostException.Reason reason() {
		return this.external.reason();
	}

	void release() {
		try {
			this.external.release();
		}
		catch (IOException ex) {
			this.leftover = ex;
		}
	}

	Duration length() {
		return Duration.ofNanos(System.nanoTime() - this.fromNanos);
	}

}

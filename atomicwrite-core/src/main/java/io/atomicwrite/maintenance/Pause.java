package io.atomicwrite.maintenance;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The time between the two looks at a suspect. Tests let it pass without waiting, and
 * have something happen meanwhile.
 */
class Pause {

	private final long nanos;

	Pause(Duration length) {
		this.nanos = length.toNanos();
	}

	/**
	 * Waits until the pause has passed since a moment, unless the thread is interrupted.
	 */
	final void await(long since) {
		long end = since + this.nanos;
		for (long left = end - now(); left > 0; left = end - now()) {
			park(left);
			Sweep.endIfInterrupted();
		}
	}

	/** The time in nanoseconds, of which only differences mean something. */
	long now() {
		return System.nanoTime();
	}

	void park(long length) {
		LockSupport.parkNanos(this, length);
	}

}

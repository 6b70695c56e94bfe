package io.atomicwrite.lock;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long to wait for a lease.
 *
 * @param timeout the longest wait; zero does not wait, {@code null} waits as long as it
 * takes
 * @param canonicalTarget whether the caller vouches that the target is canonical already,
 * which saves resolving it
 */
public record LockRequest(@Nullable Duration timeout, boolean canonicalTarget) {

	private static final LockRequest FAIL_FAST = new LockRequest(Duration.ZERO, false);

	private static final LockRequest UNLIMITED = new LockRequest(null, false);

	/**
	 * Creates a request.
	 * @param timeout the longest wait
	 * @param canonicalTarget whether the target is canonical already
	 */
	public LockRequest {
		if (timeout != null && timeout.isNegative()) {
			throw new IllegalArgumentException("timeout must not be negative: " + timeout);
		}
	}

	/**
	 * Does not wait.
	 * @return the request
	 */
	public static LockRequest failFast() {
		return FAIL_FAST;
	}

	/**
	 * Waits as long as it takes.
	 * @return the request
	 */
	public static LockRequest waitForever() {
		return UNLIMITED;
	}

	/**
	 * Waits for a limited time.
	 * @param timeout the longest wait
	 * @return the request
	 */
	public static LockRequest waitUpTo(Duration timeout) {
		return new LockRequest(timeout, false);
	}

	/**
	 * Returns this request for a target that is canonical already.
	 * @return the request
	 */
	public LockRequest forCanonicalTarget() {
		return this.canonicalTarget ? this : new LockRequest(this.timeout, true);
	}

}

package io.atomicwrite.core;

import java.time.Duration;

import io.atomicwrite.lock.LockRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whether a write takes the lease of its target, and how long it waits for it.
 *
 * @param request how long to wait, or {@code null} to take no lease
 */
public record LockPolicy(@Nullable LockRequest request) {

	private static final LockPolicy NONE = new LockPolicy(null);

	private static final LockPolicy FAIL_FAST = new LockPolicy(LockRequest.failFast());

	/**
	 * Takes no lease: writers may race, and the last one wins.
	 * @return the policy
	 */
	public static LockPolicy none() {
		return NONE;
	}

	/**
	 * Fails if someone else holds the lease.
	 * @return the policy
	 */
	public static LockPolicy failFast() {
		return FAIL_FAST;
	}

	/**
	 * Waits as long as it takes.
	 * @return the policy
	 */
	public static LockPolicy waitForever() {
		return new LockPolicy(LockRequest.waitForever());
	}

	/**
	 * Waits for a limited time.
	 * @param timeout the longest wait
	 * @return the policy
	 */
	public static LockPolicy waitUpTo(Duration timeout) {
		return new LockPolicy(LockRequest.waitUpTo(timeout));
	}

}

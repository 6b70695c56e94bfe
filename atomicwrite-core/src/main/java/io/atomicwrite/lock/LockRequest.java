package io.atomicwrite.lock;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether to acquire a lease, and how long to wait for it. Immutable, and so safe for use
 * by several threads; two requests that wait for the same time are equal.
 */
public final class LockRequest {

	private static final LockRequest NONE = new LockRequest("none", Optional.of(Duration.ZERO));

	private static final LockRequest FAIL_FAST = new LockRequest("fail-fast", Optional.of(Duration.ZERO));

	private static final LockRequest UNLIMITED = new LockRequest("wait", Optional.empty());

	private final String text;

	private final Optional<Duration> timeout;

	private LockRequest(String text, Optional<Duration> timeout) {
		this.text = text;
		this.timeout = timeout;
	}

	/**
	 * Acquires no lease: writers may race, and the last one wins.
	 * @return the request
	 */
	public static LockRequest none() {
		return NONE;
	}

	/**
	 * Fails at once if someone else holds the lease.
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
	 * @param timeout the longest wait; zero is the same as {@link #failFast()}
	 * @return the request
	 * @throws IllegalArgumentException if the timeout is negative
	 */
	public static LockRequest waitUpTo(Duration timeout) {
		if (timeout.isNegative()) {
			throw new IllegalArgumentException("timeout must not be negative: " + timeout);
		}
		return timeout.isZero() ? FAIL_FAST : new LockRequest("wait " + text(timeout), Optional.of(timeout));
	}

	/** In the largest unit that loses nothing, as durations are written in properties. */
	private static String text(Duration timeout) {
		if (timeout.toNanosPart() % 1_000_000 != 0) {
			return timeout.toString();
		}
		if (timeout.toNanosPart() != 0) {
			return timeout.toMillis() + "ms";
		}
		long seconds = timeout.toSeconds();
		if (seconds % 60 != 0) {
			return seconds + "s";
		}
		return (seconds % 3600 != 0) ? seconds / 60 + "m" : seconds / 3600 + "h";
	}

	/**
	 * Returns whether this request acquires no lease.
	 * @return whether the lease that answers it holds nothing
	 */
	public boolean isNone() {
		return this.equals(NONE);
	}

	/**
	 * Returns whether this request fails at once if someone else holds the lease.
	 * @return whether it does not wait
	 */
	public boolean isFailFast() {
		return this.equals(FAIL_FAST);
	}

	/**
	 * Returns the longest wait.
	 * @return the time, zero for a request that does not wait, empty for one that waits
	 * as long as it takes
	 */
	public Optional<Duration> timeout() {
		return this.timeout;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof LockRequest request && this.text.equals(request.text)
				&& this.timeout.equals(request.timeout);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.text, this.timeout);
	}

	/**
	 * Returns the request as a property would spell it: {@code none}, {@code fail-fast},
	 * {@code wait} or {@code wait 30s}.
	 * @return the text
	 */
	@Override
	public String toString() {
		return this.text;
	}

}

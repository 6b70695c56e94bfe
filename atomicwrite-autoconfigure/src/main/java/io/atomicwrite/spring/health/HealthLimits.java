package io.atomicwrite.spring.health;

import java.time.Duration;

/**
 * From when on health reports a directory as {@code DEGRADED}. Immutable.
 *
 * @param timeToLive the age from which an inspection is too old
 * @param freeBytes how much space is too little, in bytes
 * @param freeInodes how many files that can still be created are too few
 * @param lockAge how long a lock may be held
 */
public record HealthLimits(Duration timeToLive, long freeBytes, long freeInodes, Duration lockAge) {

	/** How long a write with the default options waits for a lock, twice. */
	private static final Duration LOCK_AGE = Duration.ofMinutes(1);

	private static final long FREE_BYTES = 10L << 20;

	private static final long FREE_INODES = 100;

	/**
	 * Returns the default limits.
	 * @param timeToLive the age from which an inspection is too old
	 * @return the limits: 10 MiB, 100 inodes, one minute
	 */
	public static HealthLimits of(Duration timeToLive) {
		return new HealthLimits(timeToLive, FREE_BYTES, FREE_INODES, LOCK_AGE);
	}

}

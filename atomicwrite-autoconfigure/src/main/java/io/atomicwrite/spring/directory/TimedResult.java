package io.atomicwrite.spring.directory;

import java.time.Duration;
import java.time.Instant;

/**
 * A cached result with the time at which it was determined. Immutable.
 *
 * @param <T> the type of the result
 * @param taken when it was determined
 * @param value the result
 */
public record TimedResult<T>(Instant taken, T value) {

	/**
	 * Returns whether the result may still be used.
	 * @param now the current time
	 * @param timeToLive how long a result is valid
	 * @return whether it is younger than that
	 */
	public boolean isFresh(Instant now, Duration timeToLive) {
		Duration age = Duration.between(this.taken, now);
		// a clock that was set back must not extend the life of a result
		return !age.isNegative() && age.compareTo(timeToLive) < 0;
	}

	/**
	 * Returns the age of the result.
	 * @param now the current time
	 * @return the age, or zero if the clock was set back
	 */
	public Duration age(Instant now) {
		Duration age = Duration.between(this.taken, now);
		return age.isNegative() ? Duration.ZERO : age;
	}

}

package io.atomicwrite.watch;

import java.time.Duration;
import java.util.Objects;

/**
 * How one file is watched. Immutable.
 *
 * @param mode whether events or polls are used
 * @param quietPeriod how long a file must stay the same before it is reported. A file
 * that is empty, missing, or less than half as long as before needs at least one second.
 * A half-written file is never reported as long as its writer pauses for less than this
 * @param pollInterval how often the file is looked at when no event comes. Where events
 * are missing or do not show all changes, it is one second at most
 * @param maxSize the size in bytes above which a file is not read but reported as
 * {@link Look.TooLarge}
 */
public record WatchOptions(WatchMode mode, Duration quietPeriod, Duration pollInterval, int maxSize) {

	private static final WatchOptions DEFAULTS = new WatchOptions(WatchMode.AUTO, Duration.ofMillis(250),
			Duration.ofSeconds(5), 16 * 1024 * 1024);

	/**
	 * Creates options.
	 * @param mode whether events or polls are used
	 * @param quietPeriod how long a file must stay the same
	 * @param pollInterval how often the file is looked at
	 * @param maxSize the size in bytes above which a file is not read
	 * @throws IllegalArgumentException if a duration or the size is not positive
	 */
	public WatchOptions {
		Objects.requireNonNull(mode, "mode");
		requirePositive(quietPeriod, "quiet period");
		requirePositive(pollInterval, "poll interval");
		if (maxSize <= 0 || maxSize == Integer.MAX_VALUE) {
			throw new IllegalArgumentException("The maximum size must be from 1 to 2147483646 bytes: " + maxSize);
		}
	}

	private static void requirePositive(Duration duration, String what) {
		if (duration.isNegative() || duration.isZero()) {
			throw new IllegalArgumentException("The " + what + " must be positive: " + duration);
		}
	}

	/**
	 * Returns the defaults: {@link WatchMode#AUTO}, a quiet period of 250 ms, a poll
	 * every 5 s, and at most 16 MiB.
	 * @return the defaults
	 */
	public static WatchOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns these options with another mode.
	 * @param other the mode
	 * @return the options
	 */
	public WatchOptions withMode(WatchMode other) {
		return new WatchOptions(other, this.quietPeriod, this.pollInterval, this.maxSize);
	}

	/**
	 * Returns these options with another quiet period.
	 * @param other the quiet period
	 * @return the options
	 */
	public WatchOptions withQuietPeriod(Duration other) {
		return new WatchOptions(this.mode, other, this.pollInterval, this.maxSize);
	}

	/**
	 * Returns these options with another poll interval.
	 * @param other the poll interval
	 * @return the options
	 */
	public WatchOptions withPollInterval(Duration other) {
		return new WatchOptions(this.mode, this.quietPeriod, other, this.maxSize);
	}

	/**
	 * Returns these options with another maximum size.
	 * @param other the size in bytes
	 * @return the options
	 */
	public WatchOptions withMaxSize(int other) {
		return new WatchOptions(this.mode, this.quietPeriod, this.pollInterval, other);
	}

}

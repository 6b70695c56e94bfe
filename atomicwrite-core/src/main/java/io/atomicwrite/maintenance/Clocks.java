package io.atomicwrite.maintenance;

import java.time.Duration;
import java.time.Instant;

/**
 * The clocks that the times of files are compared with. Neither is sure to be right, and
 * either may have jumped since a file was written.
 *
 * @param here the clock of this host
 * @param filesystem the clock that stamps the files, or the one of this host where it is
 * not known
 */
record Clocks(Instant here, Instant filesystem) {

	/**
	 * Returns the earlier of the two, by which no file seems older than it is.
	 */
	Instant earlier() {
		return this.filesystem.isBefore(this.here) ? this.filesystem : this.here;
	}

	/**
	 * Returns whether a time is at least that long ago by both clocks. A time in the
	 * future is not.
	 */
	boolean isOld(Instant then, Duration age) {
		return Remover.isOld(then, earlier(), age);
	}

	/**
	 * Returns whether a time is far from both clocks, before or after them. What is
	 * written right now has a time near the clock of its filesystem; a time in the future
	 * shows that a clock was set back, and nothing about the writer.
	 */
	boolean isFarFrom(Instant then, Duration age) {
		return isFar(then, this.here, age) && isFar(then, this.filesystem, age);
	}

	/**
	 * Returns whether a time is far from a clock, before or after it.
	 */
	static boolean isFar(Instant then, Instant now, Duration age) {
		return Duration.between(then, now).abs().compareTo(age) >= 0;
	}

}

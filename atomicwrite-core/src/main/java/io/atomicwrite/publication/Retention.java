package io.atomicwrite.publication;

import java.time.Duration;
import java.util.Optional;

/**
 * Which versions a sweep keeps. The version that {@code latest} names and versions that a
 * reader has open stay in any case. Immutable.
 *
 * @param keep how many of the newest versions stay, whatever their age
 * @param age how old the others must be to go; empty if they go at once
 */
public record Retention(int keep, Optional<Duration> age) {

	/**
	 * Creates a retention.
	 * @throws IllegalArgumentException if less than one version is to stay, or the age is
	 * negative
	 */
	public Retention {
		if (keep < 1 || age.filter(Duration::isNegative).isPresent()) {
			throw new IllegalArgumentException("a retention keeps one version or more, and its age is not negative");
		}
	}

	/**
	 * Keeps a number of versions.
	 * @param versions how many of the newest stay
	 * @return the retention
	 */
	public static Retention keep(int versions) {
		return new Retention(versions, Optional.empty());
	}

	/**
	 * Returns this retention with an age: a program that reads through {@code latest}
	 * without a lease has that long to finish.
	 * @param least how old a version must be to go
	 * @return the retention
	 */
	public Retention olderThan(Duration least) {
		return new Retention(this.keep, Optional.of(least));
	}

}

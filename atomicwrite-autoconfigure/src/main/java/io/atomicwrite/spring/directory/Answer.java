package io.atomicwrite.spring.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a managed directory. Immutable.
 *
 * @param <T> the type of the value
 * @param known the most recent value with the time at which it was looked for; empty
 * before the first answer, and after a look that failed
 * @param problem why the value is absent or old; empty if there is no problem
 * @param silent whether the directory does not answer
 */
public record Answer<T>(Optional<TimedResult<T>> known, Optional<String> problem, boolean silent) {

	static <T> Answer<T> none() {
		return new Answer<>(Optional.empty(), Optional.empty(), false);
	}

	static <T> Answer<T> of(TimedResult<T> value) {
		return new Answer<>(Optional.of(value), Optional.empty(), false);
	}

	static <T> Answer<T> failed(String problem) {
		return new Answer<>(Optional.empty(), Optional.of(problem), false);
	}

	/**
	 * Returns the answer of a directory that does not answer.
	 * @param part what of it was looked at, as the end of a sentence; empty for the
	 * directory itself
	 */
	Answer<T> silentFor(Duration time, String part) {
		return new Answer<>(this.known, Optional.of("did not answer for " + text(time) + part), true);
	}

	Answer<T> unknownBecause(String problem) {
		return new Answer<>(this.known, Optional.of(problem), false);
	}

	/** Formats a time in whole seconds, or in milliseconds if it is shorter. */
	static String text(Duration time) {
		return (time.toSeconds() > 0) ? time.toSeconds() + " s" : time.toMillis() + " ms";
	}

	/**
	 * Returns the value if it is current.
	 * @return the value; empty if there is a problem, or no answer yet
	 */
	public Optional<T> current() {
		return this.problem.isEmpty() ? value() : Optional.empty();
	}

	/**
	 * Returns the most recent value, however old.
	 * @return the value; empty if none is known
	 */
	public Optional<T> value() {
		return this.known.map(TimedResult::value);
	}

	/**
	 * Returns the age of the value of a directory that does not answer.
	 * @param now the current time
	 * @return the age, at least zero; empty if the directory answers or no value is known
	 */
	public Optional<Duration> staleness(Instant now) {
		return this.silent ? this.known.map((result) -> result.age(now)) : Optional.empty();
	}

}

package io.atomicwrite.manifest;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a content comes from, in the words of its writer. A write that has a stamp keeps
 * it in the manifest beside the file. Immutable and thread-safe.
 *
 * <pre class="code">
 * Stamp stamp = Stamp.ofRun("nightly-42").withSource("orders").with("rows", "1200");
 * template.write(export, content, (options) -&gt; options.stamp(stamp));
 * </pre>
 *
 * @param source what the content was made from or by
 * @param run what made it, such as the identifier of a job's run
 * @param time when it was extracted or made; empty for when it is written
 * @param entries whatever else is to be known, in the given order
 */
public record Stamp(Optional<String> source, Optional<String> run, Optional<Instant> time,
		Map<String, String> entries) {

	/** Keeps a manifest with two stamps below what is read of one. */
	private static final int MOST = 4000;

	private static final Stamp EMPTY = new Stamp(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

	/**
	 * Creates a stamp.
	 * @throws IllegalArgumentException if a text is blank, or all of them together are
	 * longer than 4,000 characters
	 */
	public Stamp {
		entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
		int length = requireText("source", source) + requireText("run", run);
		for (Map.Entry<String, String> entry : entries.entrySet()) {
			if (entry.getKey().isBlank()) {
				throw new IllegalArgumentException("a key of a stamp must not be blank");
			}
			length += entry.getKey().length() + entry.getValue().length();
		}
		if (length > MOST) {
			throw new IllegalArgumentException(
					"a stamp has at most " + MOST + " characters altogether; this one has " + length);
		}
	}

	private static int requireText(String name, Optional<String> text) {
		if (text.filter(String::isBlank).isPresent()) {
			throw new IllegalArgumentException("the " + name + " of a stamp must not be blank");
		}
		return text.map(String::length).orElse(0);
	}

	/**
	 * Returns a stamp that has the time of the write alone.
	 * @return the stamp
	 */
	public static Stamp empty() {
		return EMPTY;
	}

	/**
	 * Returns a stamp with the run that makes the content.
	 * @param run an identifier, such as {@code nightly-42}
	 * @return the stamp
	 */
	public static Stamp ofRun(String run) {
		return EMPTY.withRun(run);
	}

	/**
	 * Returns a stamp with the source of the content.
	 * @param source a name, such as that of a database or a program
	 * @return the stamp
	 */
	public static Stamp ofSource(String source) {
		return EMPTY.withSource(source);
	}

	/**
	 * Returns this stamp with another run.
	 * @param value the run
	 * @return the stamp
	 */
	public Stamp withRun(String value) {
		return new Stamp(this.source, Optional.of(value), this.time, this.entries);
	}

	/**
	 * Returns this stamp with another source.
	 * @param value the source
	 * @return the stamp
	 */
	public Stamp withSource(String value) {
		return new Stamp(Optional.of(value), this.run, this.time, this.entries);
	}

	/**
	 * Returns this stamp with a time other than that of the write.
	 * @param value when the content was extracted or made
	 * @return the stamp
	 */
	public Stamp at(Instant value) {
		return new Stamp(this.source, this.run, Optional.of(value), this.entries);
	}

	/**
	 * Returns this stamp with one entry more, or another value of it.
	 * @param key the key
	 * @param value the value
	 * @return the stamp
	 */
	public Stamp with(String key, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.entries);
		more.put(key, value);
		return new Stamp(this.source, this.run, this.time, more);
	}

}

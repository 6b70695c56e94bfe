package io.atomicwrite.document;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.atomicwrite.manifest.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * Where a content comes from, kept in the content itself: the outermost map of the file
 * has keys for it, which the type of the document does not know. Nothing can part the two
 * then, and a reader needs one file. Immutable and thread-safe, as far as its supplier
 * is.
 *
 * <pre class="code">
 * DocumentOptions&lt;Export&gt; options = DocumentOptions.of(Export.class)
 *     .envelope(Envelope.of(() -&gt; Stamp.ofRun(job.runId())))
 *     .build();
 * </pre>
 */
public final class Envelope {

	private final Supplier<Stamp> stamps;

	private final String timeKey;

	private final String runKey;

	private final String sourceKey;

	private Envelope(Supplier<Stamp> stamps, String timeKey, String runKey, String sourceKey) {
		this.stamps = Objects.requireNonNull(stamps);
		this.timeKey = Objects.requireNonNull(timeKey);
		this.runKey = Objects.requireNonNull(runKey);
		this.sourceKey = Objects.requireNonNull(sourceKey);
		if (Set.copyOf(List.of(timeKey, runKey, sourceKey)).size() < 3) {
			throw new IllegalArgumentException("the keys of an envelope must differ: " + keys());
		}
	}

	/**
	 * Returns an envelope with the keys {@code extracted_at}, {@code run_id} and
	 * {@code source}.
	 * @param stamps gives the stamp of each change; invoked by the thread that changes
	 * the document, possibly more than once for a change. A stamp without a time has that
	 * of the change
	 * @return the envelope
	 */
	public static Envelope of(Supplier<Stamp> stamps) {
		return new Envelope(stamps, "extracted_at", "run_id", "source");
	}

	/**
	 * Returns this envelope with other keys, where the type has fields of these names.
	 * @param time the key of the time, an ISO 8601 instant in UTC
	 * @param run the key of the run
	 * @param source the key of the source
	 * @return the envelope
	 * @throws IllegalArgumentException if two of the keys are the same
	 */
	public Envelope withKeys(String time, String run, String source) {
		return new Envelope(this.stamps, time, run, source);
	}

	List<String> keys() {
		return List.of(this.timeKey, this.runKey, this.sourceKey);
	}

	/** Returns the stamp of a file, empty if it has none of the keys. */
	Optional<Stamp> stampOf(@Nullable Object file) {
		if (!(file instanceof Map<?, ?> map) || keys().stream().noneMatch(map::containsKey)) {
			return Optional.empty();
		}
		return Optional.of(new Stamp(text(map, this.sourceKey), text(map, this.runKey),
				text(map, this.timeKey).flatMap(Envelope::instant), Map.of()));
	}

	private static Optional<String> text(Map<?, ?> map, String key) {
		Object value = map.get(key);
		// what a person has put there instead is no stamp
		boolean scalar = value != null && !(value instanceof Map) && !(value instanceof List);
		return Optional.ofNullable(scalar ? String.valueOf(value) : null).filter((text) -> !text.isBlank());
	}

	private static Optional<Instant> instant(String text) {
		try {
			return Optional.of(Instant.parse(text));
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

	/** Returns a tree without the keys of the envelope. */
	@Nullable Object without(@Nullable Object tree) {
		if (!(tree instanceof Map<?, ?> map) || keys().stream().noneMatch(map::containsKey)) {
			return tree;
		}
		Map<Object, @Nullable Object> rest = new LinkedHashMap<>(map);
		keys().forEach(rest::remove);
		return rest;
	}

	/**
	 * Returns whether a change to the value that the file has already needs no write: the
	 * file is of the same run and source, so that only the time would change.
	 */
	boolean isOfSameRun(@Nullable Object file) {
		Stamp next = stamp();
		Optional<Stamp> now = stampOf(file);
		return now.flatMap(Stamp::run).equals(next.run()) && now.flatMap(Stamp::source).equals(next.source());
	}

	/** Returns a tree without those keys with the stamp of a change. */
	Map<Object, @Nullable Object> sealed(Map<?, ?> tree, Instant now) {
		Stamp stamp = stamp();
		Map<Object, @Nullable Object> sealed = new LinkedHashMap<>(tree);
		sealed.put(this.timeKey, stamp.time().orElse(now.truncatedTo(ChronoUnit.MILLIS)).toString());
		stamp.run().ifPresent((run) -> sealed.put(this.runKey, run));
		stamp.source().ifPresent((source) -> sealed.put(this.sourceKey, source));
		return sealed;
	}

	/** Returns a tree without those keys with what the file has under them. */
	Map<Object, @Nullable Object> kept(Map<?, ?> tree, Map<?, ?> file) {
		Map<Object, @Nullable Object> kept = new LinkedHashMap<>(tree);
		for (String key : keys()) {
			if (file.containsKey(key)) {
				kept.put(key, file.get(key));
			}
		}
		return kept;
	}

	private Stamp stamp() {
		Stamp stamp = this.stamps.get();
		if (!stamp.entries().isEmpty()) {
			throw new IllegalArgumentException("an envelope has a source, a run and a time; "
					+ "other entries of a stamp belong into the value: " + stamp.entries().keySet());
		}
		return stamp;
	}

}

package io.atomicwrite.maintenance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.artifact.ArtifactKind;

/**
 * The result of a sweep. Immutable.
 *
 * @param directory the directory, as a canonical path if it exists
 * @param dryRun whether nothing was changed; {@code removed} then counts what would have
 * been removed
 * @param skipped whether nothing was done because another thread or process was sweeping
 * or recovering the directory
 * @param complete whether it completed; an interrupt ends it early
 * @param examined the number of directory entries examined
 * @param removed what was removed; a kind with nothing removed is absent
 * @param alive the number of old staging files that were kept because their writer is
 * alive or could not be shown to be gone
 * @param young the number of staging and lock files that nobody uses and that were kept
 * because they are younger than the age in the options; a kind with none is absent
 * @param failures the first failures, which did not end the sweep
 * @param failureCount the number of all failures
 * @param elapsed the duration
 */
public record SweepReport(Path directory, boolean dryRun, boolean skipped, boolean complete, long examined,
		Map<ArtifactKind, Removed> removed, long alive, Map<ArtifactKind, Long> young, List<Failure> failures,
		long failureCount, Duration elapsed) {

	private static final Removed NOTHING = new Removed(0, 0);

	/**
	 * Creates a report.
	 * @param directory the directory
	 * @param dryRun whether nothing was changed
	 * @param skipped whether nothing was done
	 * @param complete whether it completed
	 * @param examined the number of entries
	 * @param removed what was removed
	 * @param alive the number of old staging files that were kept
	 * @param young the number of files that were kept because of their age alone
	 * @param failures the first failures
	 * @param failureCount the number of all failures
	 * @param elapsed the duration
	 */
	public SweepReport {
		Map<ArtifactKind, Removed> copy = new EnumMap<>(ArtifactKind.class);
		copy.putAll(removed);
		removed = Collections.unmodifiableMap(copy);
		young = Map.copyOf(young);
		failures = List.copyOf(failures);
	}

	/**
	 * Returns what was removed of a kind.
	 * @param kind the kind
	 * @return the number and the bytes, 0 if nothing was removed
	 */
	public Removed removed(ArtifactKind kind) {
		return this.removed.getOrDefault(kind, NOTHING);
	}

	/**
	 * Returns what was removed of all kinds.
	 * @return the number and the bytes
	 */
	public Removed total() {
		return this.removed.values().stream().reduce(NOTHING, Removed::plus);
	}

	/**
	 * Returns the number of all files that were kept because of their age alone.
	 * @return the number
	 */
	public long youngCount() {
		return this.young.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * What was removed.
	 *
	 * @param count the number of files
	 * @param bytes their total size in bytes
	 */
	public record Removed(long count, long bytes) {

		private Removed plus(Removed other) {
			return new Removed(this.count + other.count, this.bytes + other.bytes);
		}

	}

	/**
	 * A file or directory that could not be processed.
	 *
	 * @param path the file or directory
	 * @param reason the reason, as text for a person
	 */
	public record Failure(Path path, String reason) {
	}

}

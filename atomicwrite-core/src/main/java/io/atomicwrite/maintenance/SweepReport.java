package io.atomicwrite.maintenance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.artifact.ArtifactKind;

/**
 * What a sweep did.
 *
 * @param directory the directory, without links if it exists
 * @param dryRun whether nothing was changed; what is reported as removed then would be
 * @param skipped whether nothing was done because another thread or process sweeps the
 * directory right now
 * @param complete whether it came to its end; an interrupt ends it before
 * @param examined the number of directory entries looked at
 * @param removed what was removed; a kind of which nothing was is missing
 * @param alive the number of old staging files that stayed: their writer lives, or could
 * not be shown to be gone
 * @param failures what could not be done, the first of them
 * @param failureCount how many things could not be done
 * @param elapsed how long it took
 */
public record SweepReport(Path directory, boolean dryRun, boolean skipped, boolean complete, long examined,
		Map<ArtifactKind, Removed> removed, long alive, List<Failure> failures, long failureCount, Duration elapsed) {

	private static final Removed NOTHING = new Removed(0, 0);

	/**
	 * Creates a report.
	 * @param directory the directory
	 * @param dryRun whether nothing was changed
	 * @param skipped whether nothing was done
	 * @param complete whether it came to its end
	 * @param examined the number of entries
	 * @param removed what was removed
	 * @param alive the number of old staging files that stayed
	 * @param failures what could not be done, the first of them
	 * @param failureCount how many things could not be done
	 * @param elapsed how long it took
	 */
	public SweepReport {
		Map<ArtifactKind, Removed> copy = new EnumMap<>(ArtifactKind.class);
		copy.putAll(removed);
		removed = Collections.unmodifiableMap(copy);
		failures = List.copyOf(failures);
	}

	/**
	 * Returns what was removed of a kind.
	 * @param kind the kind
	 * @return the number and the bytes, 0 if nothing was
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
	 * What was removed.
	 *
	 * @param count the number of files
	 * @param bytes the bytes in them
	 */
	public record Removed(long count, long bytes) {

		private Removed plus(Removed other) {
			return new Removed(this.count + other.count, this.bytes + other.bytes);
		}

	}

	/**
	 * Something that could not be done.
	 *
	 * @param path the file or directory
	 * @param reason why, for a person
	 */
	public record Failure(Path path, String reason) {
	}

}

package io.atomicwrite.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.Version;
import org.jspecify.annotations.Nullable;

/**
 * The result of a write, an append, a move, a restore or a delete. Immutable and
 * thread-safe.
 */
public final class WriteResult {

	private final Values values;

	WriteResult(Path target, long size, @Nullable String digest, @Nullable Checksum checksum, @Nullable Path backup,
			WriteOutcome outcome, Map<Guarantee, GuaranteeLevel> granted, MetadataReport metadata,
			List<String> warnings, Map<WritePhase, Duration> timings) {
		this.values = new Values(target, size, (digest != null) ? Version.parse(digest) : null, checksum, backup,
				outcome, granted, metadata, warnings, timings);
	}

	private WriteResult(Builder builder) {
		this.values = new Values(builder.target, builder.size, builder.version, builder.checksum, builder.backup,
				builder.outcome, builder.granted, builder.metadata, builder.warnings, builder.timings);
	}

	/**
	 * Creates a builder, for implementations of {@link AtomicFileOperations} and for
	 * tests.
	 * @param target the file
	 * @param outcome the outcome
	 * @return the builder, with a size of zero and nothing else
	 */
	public static Builder builder(Path target, WriteOutcome outcome) {
		return new Builder(target, outcome);
	}

	/**
	 * Returns the file that was written.
	 * @return its path, links resolved
	 */
	public Path target() {
		return this.values.target;
	}

	/**
	 * Returns the size of the content that the file has now.
	 * @return the number of bytes; zero after a delete
	 */
	public long size() {
		return this.values.size;
	}

	/**
	 * Returns the version of the content, which is its SHA-256.
	 * @return the version, if it was computed: for values always, else with
	 * {@link WriteOptions.Builder#reportVersion}
	 */
	public Optional<Version> version() {
		return Optional.ofNullable(this.values.version);
	}

	/**
	 * Returns the checksum that is kept in a sidecar or an attribute.
	 * @return the checksum, if one was asked for by {@link WriteOptions.Builder#checksum}
	 */
	public Optional<Checksum> checksum() {
		return Optional.ofNullable(this.values.checksum);
	}

	/**
	 * Returns where the old content was kept.
	 * @return the path of the backup, if one was made
	 */
	public Optional<Path> backup() {
		return Optional.ofNullable(this.values.backup);
	}

	/**
	 * Returns the outcome.
	 * @return {@link WriteOutcome#DURABLE}, {@link WriteOutcome#VISIBLE_NOT_DURABLE} if
	 * the safety policy allows that or the filesystem is in memory, or
	 * {@link WriteOutcome#UNCHANGED} if nothing had to be done
	 */
	public WriteOutcome outcome() {
		return this.values.outcome;
	}

	/**
	 * Returns whether anything was changed.
	 * @return {@code false} if the outcome is {@link WriteOutcome#UNCHANGED}: an update
	 * kept the value, or there was no file to delete
	 */
	public boolean changed() {
		return this.values.outcome != WriteOutcome.UNCHANGED;
	}

	/**
	 * Returns the level of each guarantee that the write was given.
	 * @return the levels; none if nothing was changed
	 */
	public Map<Guarantee, GuaranteeLevel> granted() {
		return this.values.granted;
	}

	/**
	 * Returns what of the old file is not on the new one.
	 * @return the report
	 */
	public MetadataReport metadata() {
		return this.values.metadata;
	}

	/**
	 * Returns the warnings: of each guarantee that is not kept if the safety policy is to
	 * warn, of a filesystem in memory under the strict one, and of companions in a
	 * directory of which a program may read every file. Also what a change of a value
	 * could not keep of the layout of its file.
	 * @return texts for a person
	 */
	public List<String> warnings() {
		return this.values.warnings;
	}

	/**
	 * Returns the time of each phase that ran.
	 * @return the times
	 */
	public Map<WritePhase, Duration> timings() {
		return this.values.timings;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof WriteResult result && result.values.equals(this.values);
	}

	@Override
	public int hashCode() {
		return this.values.hashCode();
	}

	@Override
	public String toString() {
		return this.values.toString().replaceFirst("Values", "WriteResult");
	}

	private record Values(Path target, long size, @Nullable Version version, @Nullable Checksum checksum,
			@Nullable Path backup, WriteOutcome outcome, Map<Guarantee, GuaranteeLevel> granted,
			MetadataReport metadata, List<String> warnings, Map<WritePhase, Duration> timings) {

		Values {
			granted = granted.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(granted));
			timings = timings.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(timings));
			warnings = List.copyOf(warnings);
		}

	}

	/**
	 * Builds results. Not thread-safe.
	 */
	public static final class Builder {

		private final Path target;

		private final WriteOutcome outcome;

		private long size;

		private @Nullable Version version;

		private @Nullable Checksum checksum;

		private @Nullable Path backup;

		private Map<Guarantee, GuaranteeLevel> granted = Map.of();

		private MetadataReport metadata = MetadataReport.NEW_FILE;

		private List<String> warnings = List.of();

		private Map<WritePhase, Duration> timings = Map.of();

		private Builder(Path target, WriteOutcome outcome) {
			this.target = target;
			this.outcome = outcome;
		}

		/**
		 * Sets the size of the content.
		 * @param bytes the number of bytes
		 * @return this builder
		 */
		public Builder size(long bytes) {
			this.size = bytes;
			return this;
		}

		/**
		 * Sets the version of the content.
		 * @param ofContent the version
		 * @return this builder
		 */
		public Builder version(Version ofContent) {
			this.version = ofContent;
			return this;
		}

		/**
		 * Sets the checksum that is kept.
		 * @param kept the checksum
		 * @return this builder
		 */
		public Builder checksum(Checksum kept) {
			this.checksum = kept;
			return this;
		}

		/**
		 * Sets where the old content was kept.
		 * @param path the path of the backup
		 * @return this builder
		 */
		public Builder backup(Path path) {
			this.backup = path;
			return this;
		}

		/**
		 * Sets the level of each guarantee.
		 * @param levels the levels
		 * @return this builder
		 */
		public Builder granted(Map<Guarantee, GuaranteeLevel> levels) {
			this.granted = levels;
			return this;
		}

		/**
		 * Sets what of the old file is not on the new one.
		 * @param report the report
		 * @return this builder
		 */
		public Builder metadata(MetadataReport report) {
			this.metadata = report;
			return this;
		}

		/**
		 * Sets the warnings.
		 * @param texts texts for a person
		 * @return this builder
		 */
		public Builder warnings(List<String> texts) {
			this.warnings = texts;
			return this;
		}

		/**
		 * Sets the time of each phase.
		 * @param times the times
		 * @return this builder
		 */
		public Builder timings(Map<WritePhase, Duration> times) {
			this.timings = times;
			return this;
		}

		/**
		 * Builds the result.
		 * @return the result
		 */
		public WriteResult build() {
			return new WriteResult(this);
		}

	}

}

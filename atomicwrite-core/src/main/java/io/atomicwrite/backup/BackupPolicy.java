package io.atomicwrite.backup;

import java.nio.file.Path;
import java.util.function.Consumer;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how a write backs up the content that it replaces. Immutable and
 * thread-safe.
 */
public final class BackupPolicy {

	/** The default suffix, which housekeeping recognises without configuration. */
	public static final String SUFFIX = ".backup";

	private static final BackupPolicy NONE = new BackupPolicy(false, SUFFIX, null, false, null, null);

	private static final BackupPolicy SINGLE = new BackupPolicy(true, SUFFIX, null, false, null, null);

	private static final int MODE_BITS = 07777;

	private final Values values;

	private BackupPolicy(boolean enabled, String suffix, @Nullable Path directory, boolean timestamped,
			@Nullable Integer mode, @Nullable Integer keep) {
		// isTaken compiles patterns; the default suffix must not slow down every start
		if (!suffix.equals(SUFFIX) && (suffix.isEmpty() || suffix.indexOf('/') >= 0 || isTaken(suffix))) {
			throw new IllegalArgumentException(
					"'" + suffix + "' is not a valid suffix for backups; use one such as .bak");
		}
		if (mode != null && (mode & ~MODE_BITS) != 0) {
			throw new IllegalArgumentException(
					Integer.toOctalString(mode) + " is not a valid file mode; use one such as 0600");
		}
		if (keep != null && keep < 1) {
			throw new IllegalArgumentException("the number of generations to keep must be at least 1, not " + keep);
		}
		this.values = new Values(enabled, suffix, directory, timestamped, mode, keep);
	}

	private static boolean isTaken(String suffix) {
		ArtifactNames.Artifact other = ArtifactNames.parse("x" + suffix);
		return suffix.endsWith(".tmp") || (other != null && other.kind() != ArtifactKind.BACKUP);
	}

	/**
	 * Returns a policy that makes no backups.
	 * @return the policy
	 */
	public static BackupPolicy none() {
		return NONE;
	}

	/**
	 * Returns a policy that keeps one backup, such as {@code config.json.backup}.
	 * @return the policy
	 */
	public static BackupPolicy single() {
		return SINGLE;
	}

	/**
	 * Returns a policy that keeps every previous version, each under a name such as
	 * {@code config.json.20260131-235959.backup}.
	 * @return the policy
	 */
	public static BackupPolicy generations() {
		return new BackupPolicy(true, SUFFIX, null, true, null, null);
	}

	/**
	 * Returns whether backups are made.
	 * @return the value
	 */
	public boolean enabled() {
		return this.values.enabled;
	}

	/**
	 * Returns the suffix of backups.
	 * @return the value
	 */
	public String suffix() {
		return this.values.suffix;
	}

	/**
	 * Returns the directory for backups, relative to that of the target; {@code null} for
	 * the directory of the target.
	 * @return the value
	 */
	public @Nullable Path directory() {
		return this.values.directory;
	}

	/**
	 * Returns whether the name of each backup has a time stamp; otherwise each backup
	 * replaces the previous one.
	 * @return the value
	 */
	public boolean timestamped() {
		return this.values.timestamped;
	}

	/**
	 * Returns the file mode of a backup; {@code null} to keep that of the original.
	 * @return the value
	 */
	public @Nullable Integer mode() {
		return this.values.mode;
	}

	/**
	 * Returns how many backups with a time stamp to keep; {@code null} for all.
	 * @return the value
	 */
	public @Nullable Integer keep() {
		return this.values.keep;
	}

	/**
	 * Returns a builder with these values.
	 * @return the builder
	 */
	public Builder toBuilder() {
		return new Builder(this.values);
	}

	/**
	 * Returns this with changes.
	 * @param changes what to set
	 * @return the changed copy
	 */
	public BackupPolicy with(Consumer<Builder> changes) {
		Builder builder = toBuilder();
		changes.accept(builder);
		return builder.build();
	}

	/**
	 * Returns the directory in which this policy puts the backups of a target.
	 * @param target the canonical path of the target
	 * @return the directory, which need not exist
	 */
	public Path directoryFor(Path target) {
		Path beside = target.toAbsolutePath().getParent();
		if (beside == null) {
			throw new IllegalArgumentException(target + " has no parent directory");
		}
		return (this.values.directory != null) ? beside.resolve(this.values.directory).normalize() : beside;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof BackupPolicy that && that.values.equals(this.values);
	}

	@Override
	public int hashCode() {
		return this.values.hashCode();
	}

	@Override
	public String toString() {
		return this.values.toString().replaceFirst("Values", "BackupPolicy");
	}

	private record Values(boolean enabled, String suffix, @Nullable Path directory, boolean timestamped,
			@Nullable Integer mode, @Nullable Integer keep) {
	}

	/**
	 * Builds policies. Not thread-safe.
	 */
	public static final class Builder {

		private boolean enabled;

		private String suffix;

		private @Nullable Path directory;

		private boolean timestamped;

		private @Nullable Integer mode;

		private @Nullable Integer keep;

		private Builder(Values values) {
			this.enabled = values.enabled;
			this.suffix = values.suffix;
			this.directory = values.directory;
			this.timestamped = values.timestamped;
			this.mode = values.mode;
			this.keep = values.keep;
		}

		/**
		 * Sets whether backups are made.
		 * @param value the value
		 * @return this builder
		 */
		public Builder enabled(boolean value) {
			this.enabled = value;
			return this;
		}

		/**
		 * Sets the suffix of backups.
		 * @param value the value
		 * @return this builder
		 */
		public Builder suffix(String value) {
			this.suffix = value;
			return this;
		}

		/**
		 * Sets the directory for backups, relative to that of the target; {@code null}
		 * for the directory of the target.
		 * @param value the value
		 * @return this builder
		 */
		public Builder directory(@Nullable Path value) {
			this.directory = value;
			return this;
		}

		/**
		 * Sets whether the name of each backup has a time stamp; otherwise each backup
		 * replaces the previous one.
		 * @param value the value
		 * @return this builder
		 */
		public Builder timestamped(boolean value) {
			this.timestamped = value;
			return this;
		}

		/**
		 * Sets the file mode of a backup; {@code null} to keep that of the original.
		 * @param value the value
		 * @return this builder
		 */
		public Builder mode(@Nullable Integer value) {
			this.mode = value;
			return this;
		}

		/**
		 * Sets how many backups with a time stamp to keep; {@code null} for all.
		 * @param value the value
		 * @return this builder
		 */
		public Builder keep(@Nullable Integer value) {
			this.keep = value;
			return this;
		}

		/**
		 * Builds the policy.
		 * @return the policy
		 * @throws IllegalArgumentException if a value is not valid
		 */
		public BackupPolicy build() {
			return new BackupPolicy(this.enabled, this.suffix, this.directory, this.timestamped, this.mode, this.keep);
		}

	}

}

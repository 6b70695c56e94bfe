package io.atomicwrite.maintenance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.backup.BackupPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The options of a sweep. A staging file or lock file that is in use is kept, whatever
 * its age. Immutable and thread-safe.
 */
public final class SweepOptions {

	private static final Duration ORPHAN_AGE = Duration.ofMinutes(1);

	private static final Duration LOCK_AGE = Duration.ofHours(1);

	private static final SweepOptions DEFAULTS = builder().build();

	private final Values values;

	private SweepOptions(boolean recursive, boolean dryRun, Duration orphanAge, Duration lockAge,
			@Nullable Duration backupAge, @Nullable Integer keepBackups, boolean newestStay, Set<ArtifactKind> kinds,
			String backupSuffix, @Nullable Path backupDirectory) {
		kinds = Set.copyOf(kinds);
		notNegative("orphanAge", orphanAge);
		notNegative("lockAge", lockAge);
		if (backupAge != null) {
			notNegative("backupAge", backupAge);
		}
		if (keepBackups != null && keepBackups < 0) {
			throw new IllegalArgumentException("keepBackups must not be negative: " + keepBackups);
		}
		this.values = new Values(recursive, dryRun, orphanAge, lockAge, backupAge, keepBackups, newestStay, kinds,
				backupSuffix, backupDirectory);
	}

	private static void notNegative(String name, Duration age) {
		if (age.isNegative()) {
			throw new IllegalArgumentException(name + " must not be negative: " + age);
		}
	}

	/**
	 * Returns the default options.
	 * @return the options
	 */
	public static SweepOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Creates a builder with the defaults.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns whether to sweep subdirectories too.
	 * @return the value
	 */
	public boolean recursive() {
		return this.values.recursive;
	}

	/**
	 * Returns whether to change nothing and only report what would be removed.
	 * @return the value
	 */
	public boolean dryRun() {
		return this.values.dryRun;
	}

	/**
	 * Returns the minimum time since a staging file was last written, or a probe file
	 * (for which it is at least ten minutes).
	 * @return the value
	 */
	public Duration orphanAge() {
		return this.values.orphanAge;
	}

	/**
	 * Returns the minimum time since a lock file was last locked.
	 * @return the value
	 */
	public Duration lockAge() {
		return this.values.lockAge;
	}

	/**
	 * Returns the age at which a backup is removed; {@code null} for no limit.
	 * @return the value
	 */
	public @Nullable Duration backupAge() {
		return this.values.backupAge;
	}

	/**
	 * Returns how many backups of a target to keep, newest first; {@code null} for no
	 * limit.
	 * @return the value
	 */
	public @Nullable Integer keepBackups() {
		return this.values.keepBackups;
	}

	/**
	 * Returns whether the newest {@code keepBackups} are kept whatever their age;
	 * otherwise a backup beyond either limit is removed.
	 * @return the value
	 */
	public boolean newestStay() {
		return this.values.newestStay;
	}

	/**
	 * Returns the kinds of artifacts to remove; the sidecar of a backup is removed with
	 * it.
	 * @return the value
	 */
	public Set<ArtifactKind> kinds() {
		return this.values.kinds;
	}

	/**
	 * Returns the suffix of backups.
	 * @return the value
	 */
	public String backupSuffix() {
		return this.values.backupSuffix;
	}

	/**
	 * Returns a separate directory for the backups of the swept targets, relative to the
	 * swept directory; {@code null} for none.
	 * @return the value
	 */
	public @Nullable Path backupDirectory() {
		return this.values.backupDirectory;
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
	public SweepOptions with(Consumer<Builder> changes) {
		Builder builder = toBuilder();
		changes.accept(builder);
		return builder.build();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof SweepOptions that && that.values.equals(this.values);
	}

	@Override
	public int hashCode() {
		return this.values.hashCode();
	}

	@Override
	public String toString() {
		return this.values.toString().replaceFirst("Values", "SweepOptions");
	}

	private record Values(boolean recursive, boolean dryRun, Duration orphanAge, Duration lockAge,
			@Nullable Duration backupAge, @Nullable Integer keepBackups, boolean newestStay, Set<ArtifactKind> kinds,
			String backupSuffix, @Nullable Path backupDirectory) {
	}

	/**
	 * Builds options. Not thread-safe.
	 */
	public static final class Builder {

		private boolean recursive;

		private boolean dryRun;

		private Duration orphanAge = ORPHAN_AGE;

		private Duration lockAge = LOCK_AGE;

		private @Nullable Duration backupAge;

		private @Nullable Integer keepBackups;

		private boolean newestStay;

		private Set<ArtifactKind> kinds = EnumSet.allOf(ArtifactKind.class);

		private String backupSuffix = BackupPolicy.SUFFIX;

		private @Nullable Path backupDirectory;

		private Builder() {
		}

		private Builder(Values values) {
			this.recursive = values.recursive;
			this.dryRun = values.dryRun;
			this.orphanAge = values.orphanAge;
			this.lockAge = values.lockAge;
			this.backupAge = values.backupAge;
			this.keepBackups = values.keepBackups;
			this.newestStay = values.newestStay;
			this.kinds = values.kinds;
			this.backupSuffix = values.backupSuffix;
			this.backupDirectory = values.backupDirectory;
		}

		/**
		 * Sets whether to sweep subdirectories too. Default: no.
		 * @param below whether to sweep them
		 * @return this builder
		 */
		public Builder recursive(boolean below) {
			this.recursive = below;
			return this;
		}

		/**
		 * Sets whether to change nothing and only report what would be removed. Default:
		 * no.
		 * @param dry whether to change nothing
		 * @return this builder
		 */
		public Builder dryRun(boolean dry) {
			this.dryRun = dry;
			return this;
		}

		/**
		 * Sets the minimum time since a staging file or a probe file was last written.
		 * Default: one minute. Probe files are kept for at least ten minutes.
		 * @param age the age
		 * @return this builder
		 */
		public Builder orphanAge(Duration age) {
			this.orphanAge = age;
			return this;
		}

		/**
		 * Sets the minimum time since a lock file was last locked. Default: one hour.
		 * @param age the age
		 * @return this builder
		 */
		public Builder lockAge(Duration age) {
			this.lockAge = age;
			return this;
		}

		/**
		 * Sets the age at which a backup is removed. Default: no limit.
		 * @param age the age, or {@code null} for no limit
		 * @return this builder
		 */
		public Builder backupAge(@Nullable Duration age) {
			this.backupAge = age;
			return this;
		}

		/**
		 * Sets how many backups of a target to keep, newest first. Default: no limit.
		 * @param number the number, or {@code null} for no limit
		 * @return this builder
		 */
		public Builder keepBackups(@Nullable Integer number) {
			this.keepBackups = number;
			return this;
		}

		/**
		 * Sets whether the newest {@link #keepBackups} are kept whatever their age; of
		 * the others, those that are too old are removed. Default: no, a backup beyond
		 * either limit is removed.
		 * @param stay whether the newest backups are kept
		 * @return this builder
		 */
		public Builder newestStay(boolean stay) {
			this.newestStay = stay;
			return this;
		}

		/**
		 * Sets the kinds of artifacts to remove. Default: every kind.
		 * @param some the kinds; the sidecar of a backup is removed with it
		 * @return this builder
		 */
		public Builder kinds(Set<ArtifactKind> some) {
			this.kinds = some;
			return this;
		}

		/**
		 * Sets the suffix of backups, as in the policy that made them. Every file whose
		 * name ends with it counts as a backup. Default: {@code .backup}.
		 * @param suffix the suffix
		 * @return this builder
		 */
		public Builder backupSuffix(String suffix) {
			this.backupSuffix = suffix;
			return this;
		}

		/**
		 * Sets a separate directory for the backups of targets in the swept directory, as
		 * in the policy that made them. It is swept too, without its subdirectories.
		 * Default: none.
		 * @param directory the directory, relative to the swept one, or {@code null}
		 * @return this builder
		 */
		public Builder backupDirectory(@Nullable Path directory) {
			this.backupDirectory = directory;
			return this;
		}

		/**
		 * Builds the options.
		 * @return the options
		 */
		public SweepOptions build() {
			return new SweepOptions(this.recursive, this.dryRun, this.orphanAge, this.lockAge, this.backupAge,
					this.keepBackups, this.newestStay, this.kinds, this.backupSuffix, this.backupDirectory);
		}

	}

}

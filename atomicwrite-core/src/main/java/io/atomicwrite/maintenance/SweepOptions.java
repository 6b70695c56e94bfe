package io.atomicwrite.maintenance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.backup.BackupPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep takes away. A staging file or a lock file that is in use stays, however
 * old it is.
 *
 * @param recursive whether to sweep the directories below too
 * @param dryRun whether to change nothing and only tell what would go
 * @param orphanAge how long ago a staging file must have been written to, or a probe file
 * (at least ten minutes for that)
 * @param lockAge how long ago a lock file must have been locked
 * @param backupAge how old a backup may become, or {@code null} if any age is fine
 * @param keepBackups how many backups of a target stay, the newest, or {@code null} if
 * any number may
 * @param newestStay whether those stay however old they are; otherwise a backup goes that
 * passes either limit
 * @param kinds what is taken away at all; a sidecar goes with its backup
 * @param backupSuffix what the names of backups end with
 * @param backupDirectory where else backups of targets in the swept directory are,
 * relative to it, or {@code null} if nowhere
 */
public record SweepOptions(boolean recursive, boolean dryRun, Duration orphanAge, Duration lockAge,
		@Nullable Duration backupAge, @Nullable Integer keepBackups, boolean newestStay, Set<ArtifactKind> kinds,
		String backupSuffix, @Nullable Path backupDirectory) {

	private static final Duration ORPHAN_AGE = Duration.ofMinutes(1);

	private static final Duration LOCK_AGE = Duration.ofHours(1);

	private static final SweepOptions DEFAULTS = builder().build();

	/**
	 * Creates options.
	 * @param recursive whether to sweep the directories below too
	 * @param dryRun whether to change nothing
	 * @param orphanAge the age of orphans and probe files
	 * @param lockAge the age of leftover lock files
	 * @param backupAge how old a backup may become, or {@code null}
	 * @param keepBackups how many backups of a target stay, or {@code null}
	 * @param newestStay whether those stay however old they are
	 * @param kinds what is taken away at all
	 * @param backupSuffix what the names of backups end with
	 * @param backupDirectory where else backups are, or {@code null}
	 */
	public SweepOptions {
		kinds = Set.copyOf(kinds);
		notNegative("orphanAge", orphanAge);
		notNegative("lockAge", lockAge);
		if (backupAge != null) {
			notNegative("backupAge", backupAge);
		}
		if (keepBackups != null && keepBackups < 0) {
			throw new IllegalArgumentException("keepBackups must not be negative: " + keepBackups);
		}
	}

	private static void notNegative(String name, Duration age) {
		if (age.isNegative()) {
			throw new IllegalArgumentException(name + " must not be negative: " + age);
		}
	}

	/**
	 * Returns the options that are used unless others are given.
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
	 * Creates a builder with these options.
	 * @return the builder
	 */
	public Builder toBuilder() {
		return new Builder().recursive(this.recursive)
			.dryRun(this.dryRun)
			.orphanAge(this.orphanAge)
			.lockAge(this.lockAge)
			.backupAge(this.backupAge)
			.keepBackups(this.keepBackups)
			.newestStay(this.newestStay)
			.kinds(this.kinds)
			.backupSuffix(this.backupSuffix)
			.backupDirectory(this.backupDirectory);
	}

	/**
	 * Builds options.
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

		/**
		 * Sets whether to sweep the directories below too. Default: no.
		 * @param below whether to
		 * @return this builder
		 */
		public Builder recursive(boolean below) {
			this.recursive = below;
			return this;
		}

		/**
		 * Sets whether to change nothing and only tell what would go. Default: no.
		 * @param dry whether to
		 * @return this builder
		 */
		public Builder dryRun(boolean dry) {
			this.dryRun = dry;
			return this;
		}

		/**
		 * Sets how long ago a staging file or a probe file must have been written to.
		 * Default: one minute; ten minutes at least for probe files.
		 * @param age the age
		 * @return this builder
		 */
		public Builder orphanAge(Duration age) {
			this.orphanAge = age;
			return this;
		}

		/**
		 * Sets how long ago a lock file must have been locked. Default: one hour.
		 * @param age the age
		 * @return this builder
		 */
		public Builder lockAge(Duration age) {
			this.lockAge = age;
			return this;
		}

		/**
		 * Sets how old a backup may become. Default: any age.
		 * @param age the age, or {@code null} for any
		 * @return this builder
		 */
		public Builder backupAge(@Nullable Duration age) {
			this.backupAge = age;
			return this;
		}

		/**
		 * Sets how many backups of a target stay, the newest. Default: any number.
		 * @param number the number, or {@code null} for any
		 * @return this builder
		 */
		public Builder keepBackups(@Nullable Integer number) {
			this.keepBackups = number;
			return this;
		}

		/**
		 * Sets whether the newest backups that {@link #keepBackups} names stay however
		 * old they are, so that of the others those go that are too old. Default: no, a
		 * backup goes that passes either limit.
		 * @param stay whether they stay
		 * @return this builder
		 */
		public Builder newestStay(boolean stay) {
			this.newestStay = stay;
			return this;
		}

		/**
		 * Sets what is taken away at all. Default: every kind.
		 * @param some the kinds; a sidecar goes with its backup
		 * @return this builder
		 */
		public Builder kinds(Set<ArtifactKind> some) {
			this.kinds = some;
			return this;
		}

		/**
		 * Sets what the names of backups end with, as in the policy that made them. Any
		 * file whose name ends so is taken for a backup. Default: {@code .backup}.
		 * @param suffix the suffix
		 * @return this builder
		 */
		public Builder backupSuffix(String suffix) {
			this.backupSuffix = suffix;
			return this;
		}

		/**
		 * Sets where else backups of targets in the swept directory are, as in the policy
		 * that made them. It is swept too, without the directories below. Default:
		 * nowhere.
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

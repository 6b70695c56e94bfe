package io.atomicwrite.maintenance;

import java.time.Duration;

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
 */
public record SweepOptions(boolean recursive, boolean dryRun, Duration orphanAge, Duration lockAge,
		@Nullable Duration backupAge, @Nullable Integer keepBackups) {

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
	 */
	public SweepOptions {
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
			.keepBackups(this.keepBackups);
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
		 * Builds the options.
		 * @return the options
		 */
		public SweepOptions build() {
			return new SweepOptions(this.recursive, this.dryRun, this.orphanAge, this.lockAge, this.backupAge,
					this.keepBackups);
		}

	}

}

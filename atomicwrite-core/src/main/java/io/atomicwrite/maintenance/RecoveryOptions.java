package io.atomicwrite.maintenance;

import java.time.Duration;
import java.util.function.Consumer;

import io.atomicwrite.backup.BackupPolicy;

/**
 * The options of a recovery. Immutable and thread-safe.
 */
public final class RecoveryOptions {

	private static final RecoveryOptions DEFAULTS = new RecoveryOptions(Decision.DISCARD, Duration.ofMinutes(1), false,
			true, BackupPolicy.SUFFIX, false);

	private final Values values;

	private RecoveryOptions(Decision decision, Duration orphanAge, boolean recursive, boolean sidecars,
			String backupSuffix, boolean dryRun) {
		if (orphanAge.isNegative()) {
			throw new IllegalArgumentException("orphanAge must not be negative: " + orphanAge);
		}
		this.values = new Values(decision, orphanAge, recursive, sidecars, backupSuffix, dryRun);
	}

	/**
	 * Returns the default options: discard staging files that are at least a minute old,
	 * and compare sidecars.
	 * @return the options
	 */
	public static RecoveryOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns what to do with a staging file whose writer is gone.
	 * @return the value
	 */
	public Decision decision() {
		return this.values.decision;
	}

	/**
	 * Returns the minimum age of such a staging file.
	 * @return the value
	 */
	public Duration orphanAge() {
		return this.values.orphanAge;
	}

	/**
	 * Returns whether to recover subdirectories too.
	 * @return the value
	 */
	public boolean recursive() {
		return this.values.recursive;
	}

	/**
	 * Returns whether to compare files with their sidecars too, which reads every file
	 * that has one.
	 * @return the value
	 */
	public boolean sidecars() {
		return this.values.sidecars;
	}

	/**
	 * Returns the suffix of backups.
	 * @return the value
	 */
	public String backupSuffix() {
		return this.values.backupSuffix;
	}

	/**
	 * Returns whether to change nothing.
	 * @return the value
	 */
	public boolean dryRun() {
		return this.values.dryRun;
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
	public RecoveryOptions with(Consumer<Builder> changes) {
		Builder builder = toBuilder();
		changes.accept(builder);
		return builder.build();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof RecoveryOptions that && that.values.equals(this.values);
	}

	@Override
	public int hashCode() {
		return this.values.hashCode();
	}

	@Override
	public String toString() {
		return this.values.toString().replaceFirst("Values", "RecoveryOptions");
	}

	private record Values(Decision decision, Duration orphanAge, boolean recursive, boolean sidecars,
			String backupSuffix, boolean dryRun) {
	}

	/**
	 * Builds options. Not thread-safe.
	 */
	public static final class Builder {

		private Decision decision;

		private Duration orphanAge;

		private boolean recursive;

		private boolean sidecars;

		private String backupSuffix;

		private boolean dryRun;

		private Builder(Values values) {
			this.decision = values.decision;
			this.orphanAge = values.orphanAge;
			this.recursive = values.recursive;
			this.sidecars = values.sidecars;
			this.backupSuffix = values.backupSuffix;
			this.dryRun = values.dryRun;
		}

		/**
		 * Sets what to do with a staging file whose writer is gone.
		 * @param value the value
		 * @return this builder
		 */
		public Builder decision(Decision value) {
			this.decision = value;
			return this;
		}

		/**
		 * Sets the minimum age of such a staging file.
		 * @param value the value
		 * @return this builder
		 */
		public Builder orphanAge(Duration value) {
			this.orphanAge = value;
			return this;
		}

		/**
		 * Sets whether to recover subdirectories too.
		 * @param value the value
		 * @return this builder
		 */
		public Builder recursive(boolean value) {
			this.recursive = value;
			return this;
		}

		/**
		 * Sets whether to compare files with their sidecars too, which reads every file
		 * that has one.
		 * @param value the value
		 * @return this builder
		 */
		public Builder sidecars(boolean value) {
			this.sidecars = value;
			return this;
		}

		/**
		 * Sets the suffix of backups.
		 * @param value the value
		 * @return this builder
		 */
		public Builder backupSuffix(String value) {
			this.backupSuffix = value;
			return this;
		}

		/**
		 * Sets whether to change nothing.
		 * @param value the value
		 * @return this builder
		 */
		public Builder dryRun(boolean value) {
			this.dryRun = value;
			return this;
		}

		/**
		 * Builds the options.
		 * @return the options
		 * @throws IllegalArgumentException if a value is not valid
		 */
		public RecoveryOptions build() {
			return new RecoveryOptions(this.decision, this.orphanAge, this.recursive, this.sidecars, this.backupSuffix,
					this.dryRun);
		}

	}

	/**
	 * What to do with a staging file whose writer is gone.
	 */
	public enum Decision {

		/**
		 * Delete it. The write never returned, so nobody relies on it.
		 */
		DISCARD,

		/**
		 * Complete the write if the target is missing and a checksum shows that the
		 * staging file is complete. Otherwise set it aside if the target is missing, and
		 * delete it if the target exists.
		 */
		FINISH,

		/**
		 * Keep it as evidence, under a name that is not that of a staging file.
		 */
		SET_ASIDE

	}

}

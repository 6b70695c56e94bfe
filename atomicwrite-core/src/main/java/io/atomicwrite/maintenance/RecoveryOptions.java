package io.atomicwrite.maintenance;

import java.time.Duration;

import io.atomicwrite.backup.BackupPolicy;

/**
 * The options of a recovery. Immutable.
 *
 * @param decision what to do with a staging file whose writer is gone
 * @param orphanAge the minimum age of such a staging file
 * @param recursive whether to recover subdirectories too
 * @param sidecars whether to compare files with their sidecars too, which reads every
 * file that has one
 * @param backupSuffix the suffix of backups
 * @param dryRun whether to change nothing
 */
public record RecoveryOptions(Decision decision, Duration orphanAge, boolean recursive, boolean sidecars,
		String backupSuffix, boolean dryRun) {

	private static final RecoveryOptions DEFAULTS = new RecoveryOptions(Decision.DISCARD, Duration.ofMinutes(1), false,
			true, BackupPolicy.SUFFIX, false);

	/**
	 * Creates options.
	 * @param decision what to do with a staging file whose writer is gone
	 * @param orphanAge the minimum age of such a staging file
	 * @param recursive whether to recover subdirectories too
	 * @param sidecars whether to compare files with their sidecars too
	 * @param backupSuffix the suffix of backups
	 * @param dryRun whether to change nothing
	 */
	public RecoveryOptions {
		if (orphanAge.isNegative()) {
			throw new IllegalArgumentException("orphanAge must not be negative: " + orphanAge);
		}
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
	 * Returns these options with another decision.
	 * @param choice what to do with a staging file whose writer is gone
	 * @return the options
	 */
	public RecoveryOptions withDecision(Decision choice) {
		return new RecoveryOptions(choice, this.orphanAge, this.recursive, this.sidecars, this.backupSuffix,
				this.dryRun);
	}

	/**
	 * Returns these options with another age.
	 * @param age the minimum age of a staging file
	 * @return the options
	 */
	public RecoveryOptions withOrphanAge(Duration age) {
		return new RecoveryOptions(this.decision, age, this.recursive, this.sidecars, this.backupSuffix, this.dryRun);
	}

	/**
	 * Returns these options with or without subdirectories.
	 * @param below whether to recover subdirectories too
	 * @return the options
	 */
	public RecoveryOptions withRecursive(boolean below) {
		return new RecoveryOptions(this.decision, this.orphanAge, below, this.sidecars, this.backupSuffix, this.dryRun);
	}

	/**
	 * Returns these options with or without sidecars.
	 * @param compare whether to compare files with their sidecars
	 * @return the options
	 */
	public RecoveryOptions withSidecars(boolean compare) {
		return new RecoveryOptions(this.decision, this.orphanAge, this.recursive, compare, this.backupSuffix,
				this.dryRun);
	}

	/**
	 * Returns these options with another suffix of backups.
	 * @param suffix the suffix of the policy that made the backups
	 * @return the options
	 */
	public RecoveryOptions withBackupSuffix(String suffix) {
		return new RecoveryOptions(this.decision, this.orphanAge, this.recursive, this.sidecars, suffix, this.dryRun);
	}

	/**
	 * Returns these options as a dry run or not.
	 * @param dry whether to change nothing
	 * @return the options
	 */
	public RecoveryOptions withDryRun(boolean dry) {
		return new RecoveryOptions(this.decision, this.orphanAge, this.recursive, this.sidecars, this.backupSuffix,
				dry);
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

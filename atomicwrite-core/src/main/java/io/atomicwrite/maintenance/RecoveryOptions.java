package io.atomicwrite.maintenance;

import java.time.Duration;

import io.atomicwrite.backup.BackupPolicy;

/**
 * How to recover.
 *
 * @param decision what becomes of a staging file whose writer is gone
 * @param orphanAge how old it must be at the least
 * @param recursive whether to recover the directories below too
 * @param sidecars whether to hold files against their sidecars too, which reads every
 * file that has one
 * @param backupSuffix what the names of backups end with
 * @param dryRun whether to change nothing
 */
public record RecoveryOptions(Decision decision, Duration orphanAge, boolean recursive, boolean sidecars,
		String backupSuffix, boolean dryRun) {

	private static final RecoveryOptions DEFAULTS = new RecoveryOptions(Decision.DISCARD, Duration.ofMinutes(1), false,
			true, BackupPolicy.SUFFIX, false);

	/**
	 * Creates options.
	 * @param decision what becomes of a staging file
	 * @param orphanAge how old it must be
	 * @param recursive whether to recover the directories below too
	 * @param sidecars whether to hold files against their sidecars too
	 * @param backupSuffix what the names of backups end with
	 * @param dryRun whether to change nothing
	 */
	public RecoveryOptions {
		if (orphanAge.isNegative()) {
			throw new IllegalArgumentException("an age can't be negative: " + orphanAge);
		}
	}

	/**
	 * Returns the defaults: discard what is a minute old, and look at sidecars.
	 * @return the options
	 */
	public static RecoveryOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns these options with another decision.
	 * @param choice what becomes of a staging file
	 * @return the options
	 */
	public RecoveryOptions withDecision(Decision choice) {
		return new RecoveryOptions(choice, this.orphanAge, this.recursive, this.sidecars, this.backupSuffix,
				this.dryRun);
	}

	/**
	 * Returns these options with another age.
	 * @param age how old a staging file must be
	 * @return the options
	 */
	public RecoveryOptions withOrphanAge(Duration age) {
		return new RecoveryOptions(this.decision, age, this.recursive, this.sidecars, this.backupSuffix, this.dryRun);
	}

	/**
	 * Returns these options with or without the directories below.
	 * @param below whether to recover them too
	 * @return the options
	 */
	public RecoveryOptions withRecursive(boolean below) {
		return new RecoveryOptions(this.decision, this.orphanAge, below, this.sidecars, this.backupSuffix, this.dryRun);
	}

	/**
	 * Returns these options with or without a look at sidecars.
	 * @param look whether to hold files against their sidecars
	 * @return the options
	 */
	public RecoveryOptions withSidecars(boolean look) {
		return new RecoveryOptions(this.decision, this.orphanAge, this.recursive, look, this.backupSuffix, this.dryRun);
	}

	/**
	 * Returns these options with another suffix of backups, that of the policy which made
	 * them.
	 * @param suffix what the names of backups end with
	 * @return the options
	 */
	public RecoveryOptions withBackupSuffix(String suffix) {
		return new RecoveryOptions(this.decision, this.orphanAge, this.recursive, this.sidecars, suffix, this.dryRun);
	}

	/**
	 * Returns these options as a dry run or not.
	 * @param look whether to change nothing
	 * @return the options
	 */
	public RecoveryOptions withDryRun(boolean look) {
		return new RecoveryOptions(this.decision, this.orphanAge, this.recursive, this.sidecars, this.backupSuffix,
				look);
	}

	/**
	 * What becomes of a staging file whose writer is gone.
	 */
	public enum Decision {

		/**
		 * It is deleted: the write had not returned, and nobody was told that it
		 * succeeded.
		 */
		DISCARD,

		/**
		 * It becomes the target, if there is none and a checksum shows that it is
		 * complete. One of which that can't be shown is set aside where there is no
		 * target, and else deleted.
		 */
		FINISH,

		/**
		 * It is kept as evidence, under a name that no longer is that of a staging file.
		 */
		SET_ASIDE

	}

}

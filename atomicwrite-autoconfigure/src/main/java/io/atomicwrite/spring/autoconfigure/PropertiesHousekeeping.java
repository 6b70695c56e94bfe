package io.atomicwrite.spring.autoconfigure;

import java.time.Duration;
import java.util.EnumSet;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.maintenance.RecoveryOptions;
import io.atomicwrite.maintenance.SweepOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Maps the {@code atomicwrite.housekeeping} properties to the options of sweeps and
 * recoveries.
 */
final class PropertiesHousekeeping {

	private static final String PREFIX = "atomicwrite.housekeeping.";

	private final AtomicWriteProperties properties;

	private final BackupPolicy backups;

	PropertiesHousekeeping(AtomicWriteProperties properties) {
		this.properties = properties;
		this.backups = new PropertiesBackup(properties.backup()).ofBackupsThatMayExist();
	}

	SweepOptions options() {
		AtomicWriteProperties.Housekeeping housekeeping = this.properties.housekeeping();
		Duration backupAge = housekeeping.backupAge();
		return SweepOptions.builder()
			.orphanAge(age("orphan-age", housekeeping.orphanAge()))
			.lockAge(age("lock-age", housekeeping.lockAge()))
			.backupAge((backupAge != null) ? age("backup-age", backupAge) : null)
			.keepBackups(keepBackups())
			.recursive(housekeeping.recursive())
			.kinds((housekeeping.recovery() != null) ? EnumSet.complementOf(EnumSet.of(ArtifactKind.STAGING))
					: EnumSet.allOf(ArtifactKind.class))
			.backupSuffix(this.backups.suffix())
			.backupDirectory(this.backups.directory())
			.build();
	}

	/**
	 * Returns the options of the recovery, or {@code null} if recovery is not configured.
	 */
	@Nullable RecoveryOptions recovery() {
		AtomicWriteProperties.Housekeeping housekeeping = this.properties.housekeeping();
		RecoveryOptions.Decision decision = housekeeping.recovery();
		if (decision == null) {
			return null;
		}
		return RecoveryOptions.defaults()
			.with((changes) -> changes.decision(decision).orphanAge(age("orphan-age", housekeeping.orphanAge())))
			.with((changes) -> changes.recursive(housekeeping.recursive()).backupSuffix(this.backups.suffix()));
	}

	Duration interval() {
		Duration interval = this.properties.housekeeping().interval();
		if (interval.isNegative() || interval.isZero()) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "interval", interval,
					"The interval must be positive. Use a duration such as 1h, "
							+ "or set 'atomicwrite.housekeeping.enabled' to false.");
		}
		return interval;
	}

	/**
	 * Returns the number of backups to keep, or {@code null} for all. It applies to
	 * time-stamped backups only: the order of a backup without a time stamp is uncertain.
	 */
	private @Nullable Integer keepBackups() {
		AtomicWriteProperties.Backup backup = this.properties.backup();
		return (backup.enabled() && backup.timestamped()) ? backup.keep() : null;
	}

	private static Duration age(String name, Duration age) {
		if (age.isNegative()) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + name, age,
					"An age must not be negative. Use a duration such as 1h.");
		}
		return age;
	}

}

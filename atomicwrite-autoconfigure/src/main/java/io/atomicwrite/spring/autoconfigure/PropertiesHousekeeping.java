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
 * Translates properties to what sweeps take away, and when.
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

	/** How to recover, or {@code null} if there is no recovery. */
	@Nullable RecoveryOptions recovery() {
		AtomicWriteProperties.Housekeeping housekeeping = this.properties.housekeeping();
		if (housekeeping.recovery() == null) {
			return null;
		}
		return RecoveryOptions.defaults()
			.withDecision(housekeeping.recovery())
			.withOrphanAge(age("orphan-age", housekeeping.orphanAge()))
			.withRecursive(housekeeping.recursive())
			.withBackupSuffix(this.backups.suffix());
	}

	Duration interval() {
		Duration interval = this.properties.housekeeping().interval();
		if (interval.isNegative() || interval.isZero()) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "interval", interval,
					"Sweeps need a time between them: use a duration such as 1h, "
							+ "or set 'atomicwrite.housekeeping.enabled' to false.");
		}
		return interval;
	}

	/** A lone backup may look older than a timestamped one that it is newer than. */
	private @Nullable Integer keepBackups() {
		AtomicWriteProperties.Backup backup = this.properties.backup();
		return (backup.enabled() && backup.timestamped()) ? backup.keep() : null;
	}

	private static Duration age(String name, Duration age) {
		if (age.isNegative()) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + name, age,
					"An age can't be negative: use a duration such as 1h.");
		}
		return age;
	}

}

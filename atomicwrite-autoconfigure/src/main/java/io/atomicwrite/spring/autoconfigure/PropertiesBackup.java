package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;

import io.atomicwrite.backup.BackupPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Translates properties to the policy of backups. What is set is checked even while no
 * backups are made.
 */
final class PropertiesBackup {

	private final AtomicWriteProperties.Backup properties;

	PropertiesBackup(AtomicWriteProperties.Backup properties) {
		this.properties = properties;
	}

	BackupPolicy get() {
		BackupPolicy policy = ofBackupsThatMayExist();
		return this.properties.enabled() ? policy : BackupPolicy.none();
	}

	/** Where backups are and how they are named, also while none are made. */
	BackupPolicy ofBackupsThatMayExist() {
		boolean timestamped = this.properties.timestamped();
		BackupPolicy policy = (timestamped ? BackupPolicy.generations() : BackupPolicy.single())
			.inDirectory(directory())
			.keeping(keep());
		return withSuffix(policy, this.properties.suffix().trim());
	}

	private static BackupPolicy withSuffix(BackupPolicy policy, String suffix) {
		try {
			return policy.withSuffix(suffix);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("atomicwrite.backup.suffix", suffix,
					ex.getMessage() + ".");
		}
	}

	private @Nullable Path directory() {
		String directory = this.properties.directory();
		return (directory != null && !directory.isBlank())
				? PropertiesDirectories.parse("atomicwrite.backup.directory", directory) : null;
	}

	private @Nullable Integer keep() {
		Integer keep = this.properties.keep();
		if (keep != null && keep < 1) {
			throw new InvalidConfigurationPropertyValueException("atomicwrite.backup.keep", keep,
					"At least one backup is kept: use 1 or more, or leave it out to keep all.");
		}
		if (keep != null && keep > 1 && this.properties.enabled() && !this.properties.timestamped()) {
			throw new InvalidConfigurationPropertyValueException("atomicwrite.backup.keep", keep,
					"Without a time in its name each backup replaces the one before: "
							+ "set 'atomicwrite.backup.timestamped' to true, or leave this out.");
		}
		return keep;
	}

}

package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.spring.directory.ConfiguredPath;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Maps the {@code atomicwrite.backup} properties to a {@link BackupPolicy}. The
 * properties are validated even if backups are disabled.
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

	/**
	 * Returns the policy for backups that may exist, even if making backups is disabled.
	 */
	BackupPolicy ofBackupsThatMayExist() {
		boolean timestamped = this.properties.timestamped();
		BackupPolicy policy = (timestamped ? BackupPolicy.generations() : BackupPolicy.single())
			.with((changes) -> changes.directory(directory()).keep(keep()));
		return withSuffix(policy, this.properties.suffix().trim());
	}

	private static BackupPolicy withSuffix(BackupPolicy policy, String suffix) {
		try {
			return policy.with((changes) -> changes.suffix(suffix));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("atomicwrite.backup.suffix", suffix,
					ex.getMessage() + ".");
		}
	}

	private @Nullable Path directory() {
		String directory = this.properties.directory();
		return (directory != null && !directory.isBlank())
				? ConfiguredPath.parse("atomicwrite.backup.directory", directory) : null;
	}

	private @Nullable Integer keep() {
		Integer keep = this.properties.keep();
		if (keep != null && keep < 1) {
			throw new InvalidConfigurationPropertyValueException("atomicwrite.backup.keep", keep,
					"The number of backups to keep must be at least 1. Remove the property to keep all.");
		}
		if (keep != null && keep > 1 && this.properties.enabled() && !this.properties.timestamped()) {
			throw new InvalidConfigurationPropertyValueException("atomicwrite.backup.keep", keep,
					"Without time stamps each backup replaces the previous one. "
							+ "Set 'atomicwrite.backup.timestamped' to true, or remove this property.");
		}
		return keep;
	}

}

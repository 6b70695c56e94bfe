package io.atomicwrite.spring.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.spring.directory.ConfiguredPath;
import io.atomicwrite.spring.directory.StartupLimit;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.util.StringUtils;

/**
 * How files are imported: the properties of imports, and those of the writes that made
 * the checksums and backups.
 *
 * @param properties the properties of imports
 * @param algorithm the algorithm whose sidecar is preferred
 * @param companions the spelling of sidecars and backups that is preferred
 * @param backups where the backups are
 * @param stateDirectory where documents keep copies of their last valid content
 * @param limit how long the start waits for a file
 */
record ImportSettings(ConfigImportProperties properties, ChecksumAlgorithm algorithm, CompanionNames companions,
		BackupPolicy backups, Optional<Path> stateDirectory, Duration limit) {

	/**
	 * Reads the settings from what is known of the environment while it is prepared.
	 * @param binder binds what is known
	 * @return the settings
	 */
	static ImportSettings of(Binder binder) {
		ConfigImportProperties properties = binder.bindOrCreate("atomicwrite.config-import",
				ConfigImportProperties.class);
		String algorithm = binder.bind("atomicwrite.checksum.algorithm", String.class).orElse("SHA-256");
		CompanionNames companions = binder.bind("atomicwrite.companions", CompanionNames.class)
			.orElse(CompanionNames.VISIBLE);
		Path state = directory("atomicwrite.documents.state-directory", binder);
		return new ImportSettings(properties, algorithm(algorithm), companions, backups(binder),
				Optional.ofNullable(state), StartupLimit.of(binder));
	}

	ImportSettings with(ConfigImportProperties.Verify verify) {
		return new ImportSettings(
				new ConfigImportProperties(this.properties.whenCorrupt(), verify, this.properties.refresh()),
				this.algorithm, this.companions, this.backups, this.stateDirectory, this.limit);
	}

	/** The auto-configuration refuses an unknown one, and names the property. */
	private static ChecksumAlgorithm algorithm(String name) {
		try {
			return ChecksumAlgorithm.of(name.trim());
		}
		catch (IllegalArgumentException ex) {
			return ChecksumAlgorithm.of("SHA-256");
		}
	}

	private static BackupPolicy backups(Binder binder) {
		boolean timestamped = binder.bind("atomicwrite.backup.timestamped", Boolean.class).orElse(false);
		String suffix = binder.bind("atomicwrite.backup.suffix", String.class).orElse(BackupPolicy.SUFFIX);
		Path directory = directory("atomicwrite.backup.directory", binder);
		BackupPolicy policy = (timestamped ? BackupPolicy.generations() : BackupPolicy.single())
			.with((changes) -> changes.directory(directory));
		try {
			return policy.with((changes) -> changes.suffix(suffix.trim()));
		}
		catch (IllegalArgumentException ex) {
			return policy;
		}
	}

	private static @Nullable Path directory(String property, Binder binder) {
		String text = binder.bind(property, String.class).orElse("");
		return StringUtils.hasText(text) ? ConfiguredPath.parse(property, text) : null;
	}

}

package io.atomicwrite.spring.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.core.ChecksumPolicy;
import io.atomicwrite.core.MetadataPolicy;
import io.atomicwrite.core.SymlinkPolicy;
import io.atomicwrite.maintenance.RecoveryOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties for atomic writes.
 *
 * @param enabled Whether to auto-configure atomic writes.
 * @param baseDirectory Directory against which relative targets are resolved. Targets
 * outside of it are rejected. Without it, relative targets are resolved against the
 * working directory of the process.
 * @param directories Managed directories by name. They are checked on startup and
 * included in health, metrics and the actuator endpoint.
 * @param safety What a write does if the filesystem can't provide a guarantee that it
 * needs.
 * @param require Minimum level of each guarantee for every write.
 * @param startupCheck How managed directories are checked on startup.
 * @param lock Lock properties.
 * @param checksum Checksum properties.
 * @param backup Backup properties.
 * @param housekeeping Housekeeping properties.
 * @param metadata Metadata properties.
 * @param symlinks How a target that is a symbolic link is handled.
 */
@ConfigurationProperties("atomicwrite")
public record AtomicWriteProperties(@DefaultValue("true") boolean enabled, @Nullable String baseDirectory,
		@DefaultValue Map<String, Directory> directories, @DefaultValue("strict") SafetyPolicy safety,
		@DefaultValue Map<Guarantee, GuaranteeLevel> require, @DefaultValue("inspect") StartupCheck startupCheck,
		@DefaultValue Lock lock, @DefaultValue Checksum checksum, @DefaultValue Backup backup,
		@DefaultValue Housekeeping housekeeping, @DefaultValue Metadata metadata,
		@DefaultValue("follow") SymlinkPolicy symlinks) {

	/**
	 * How managed directories are checked on startup.
	 */
	public enum StartupCheck {

		/**
		 * No check.
		 */
		OFF,

		/**
		 * Create missing directories, inspect all, and compare them with the required
		 * levels.
		 */
		INSPECT,

		/**
		 * Like inspect, followed by a diagnosis that creates, syncs, renames and locks
		 * probe files and deletes them again.
		 */
		PROBE

	}

	/**
	 * A managed directory.
	 *
	 * @param path Path of the directory, relative to the base directory if there is one.
	 */
	public record Directory(@Nullable String path) {
	}

	/**
	 * Lock properties.
	 *
	 * @param mode How a write acquires the lock of its target.
	 * @param timeout Maximum time to wait for a lock.
	 * @param file What to do with a lock file on release.
	 */
	public record Lock(@DefaultValue("wait") Mode mode, @DefaultValue("30s") Duration timeout,
			@DefaultValue("delete") Disposal file) {

		/**
		 * How a write acquires the lock of its target.
		 */
		public enum Mode {

			/**
			 * Wait up to the timeout.
			 */
			WAIT,

			/**
			 * Fail immediately if the lock is held.
			 */
			FAIL_FAST,

			/**
			 * Write without a lock.
			 */
			NONE

		}

		/**
		 * What to do with a lock file on release.
		 */
		public enum Disposal {

			/**
			 * Delete it.
			 */
			DELETE,

			/**
			 * Keep it for the next writer.
			 */
			KEEP

		}

	}

	/**
	 * Checksum properties.
	 *
	 * @param mode Where the checksum of a file is stored.
	 * @param algorithm Checksum algorithm.
	 * @param verifyOnRead Whether every read verifies the checksum. Reading a file
	 * without a checksum then fails.
	 */
	public record Checksum(@DefaultValue("none") ChecksumPolicy.Mode mode, @DefaultValue("SHA-256") String algorithm,
			@DefaultValue("false") boolean verifyOnRead) {
	}

	/**
	 * Backup properties.
	 *
	 * @param enabled Whether a write backs up the content that it replaces.
	 * @param suffix Suffix of the names of backups.
	 * @param directory Directory for backups, relative to the directory of the target.
	 * Defaults to the directory of the target.
	 * @param timestamped Whether the name of each backup has a time stamp. Otherwise each
	 * backup replaces the previous one.
	 * @param keep Number of backups to keep for each target, newest first. All are kept
	 * by default.
	 */
	public record Backup(@DefaultValue("false") boolean enabled, @DefaultValue(BackupPolicy.SUFFIX) String suffix,
			@Nullable String directory, @DefaultValue("false") boolean timestamped, @Nullable Integer keep) {
	}

	/**
	 * Housekeeping properties.
	 *
	 * @param enabled Whether managed directories are swept regularly.
	 * @param onStartup Whether the first sweep starts with the application, in the
	 * background.
	 * @param interval Time between two sweeps.
	 * @param orphanAge Minimum time since a staging file was last written before it may
	 * count as an orphan.
	 * @param lockAge Minimum time since a lock file was last locked before it may be
	 * removed.
	 * @param backupAge Age at which a backup is removed. Not limited by default.
	 * @param recursive Whether subdirectories are swept too.
	 * @param recovery What to do with a staging file whose writer is gone. If set, the
	 * first recovery after startup also compares files with their sidecars, which reads
	 * every file that has one. By default such staging files are deleted and sidecars are
	 * not checked.
	 */
	public record Housekeeping(@DefaultValue("true") boolean enabled, @DefaultValue("true") boolean onStartup,
			@DefaultValue("1h") Duration interval, @DefaultValue("1m") Duration orphanAge,
			@DefaultValue("1h") Duration lockAge, @Nullable Duration backupAge,
			@DefaultValue("false") boolean recursive, RecoveryOptions.@Nullable Decision recovery) {
	}

	/**
	 * Metadata properties.
	 *
	 * @param mode File mode of the new file: preserve, umask, or an octal mode with a
	 * leading zero. Quote an octal mode in YAML.
	 * @param owner Whether the owner and group of the replaced file are preserved.
	 * @param attributes Whether the extended attributes of the replaced file are
	 * preserved.
	 */
	public record Metadata(@DefaultValue("preserve") String mode, @DefaultValue("ignore") MetadataPolicy owner,
			@DefaultValue("try") MetadataPolicy attributes) {
	}

}

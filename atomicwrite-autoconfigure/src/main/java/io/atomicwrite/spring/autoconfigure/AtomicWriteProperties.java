package io.atomicwrite.spring.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.MetadataPolicy;
import io.atomicwrite.core.SymlinkPolicy;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.maintenance.RecoveryOptions;
import io.atomicwrite.spring.publication.PublicationProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.context.annotation.Lazy;

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
 * needs. A filesystem in memory, such as tmpfs, is written with a warning unless crash
 * durability is required.
 * @param require Minimum level of each guarantee for every write.
 * @param startupCheck How managed directories are checked on startup.
 * @param startupTimeout Maximum time for which the startup waits for one managed
 * directory, one imported file or the file of one document to answer. A number without a
 * unit is in seconds.
 * @param lookTimeout Maximum time for which health, endpoint and housekeeping wait for
 * managed directories to answer. A number without a unit is in seconds.
 * @param lock Lock properties.
 * @param checksum Checksum properties.
 * @param backup Backup properties.
 * @param housekeeping Housekeeping properties.
 * @param metadata Metadata properties.
 * @param symlinks How a target that is a symbolic link is handled.
 * @param formatting What happens to comments and layout of a file when a value in it is
 * updated or written.
 * @param json JSON properties.
 * @param metadataStore Properties of the metadata store for Spring Integration.
 * @param companions How the names of lock files, backups and sidecars are spelled. Hidden
 * ones suit directories such as conf.d of which a program reads every file. Everyone who
 * writes a target must use the same.
 * @param publications Publications by name: sets of files that readers see whole. Each
 * needs a path or a managed directory.
 */
@ConfigurationProperties("atomicwrite")
@Lazy
public record AtomicWriteProperties(@DefaultValue("true") boolean enabled, @Nullable String baseDirectory,
		@DefaultValue Map<String, Directory> directories, @DefaultValue("strict") SafetyPolicy safety,
		@DefaultValue Map<Guarantee, GuaranteeLevel> require, @DefaultValue("inspect") StartupCheck startupCheck,
		@DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS) Duration startupTimeout,
		@DefaultValue("2s") @DurationUnit(ChronoUnit.SECONDS) Duration lookTimeout, @DefaultValue Lock lock,
		@DefaultValue Checksum checksum, @DefaultValue Backup backup, @DefaultValue Housekeeping housekeeping,
		@DefaultValue Metadata metadata, @DefaultValue("follow") SymlinkPolicy symlinks,
		@DefaultValue("minimal") Formatting formatting, @DefaultValue Json json,
		@DefaultValue MetadataStore metadataStore, @DefaultValue("visible") CompanionNames companions,
		@DefaultValue Map<String, PublicationProperties> publications) {

	/**
	 * Properties of the metadata store for Spring Integration.
	 *
	 * @param document Name of the document that the metadata store uses. By default there
	 * is no such store.
	 */
	public record MetadataStore(@Nullable String document) {
	}

	/**
	 * JSON properties.
	 *
	 * @param mapper Whose settings the JSON of files has.
	 */
	public record Json(@DefaultValue("own") Mapper mapper) {

		/**
		 * Whose settings the JSON of files has.
		 */
		public enum Mapper {

			/**
			 * The settings of this library, whatever spring.jackson says.
			 */
			OWN,

			/**
			 * The settings of the application's mapper.
			 */
			APPLICATION

		}

	}

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
	 * @param create Whether the directory is created on startup if it is missing.
	 * @param require Minimum level of each guarantee for the writes in this directory. Of
	 * this level and that for every write the higher one counts.
	 * @param requireMount Whether the directory must lie on another filesystem than the
	 * root directory, on startup and for every write.
	 */
	@ConfigurationPropertiesSource
	public record Directory(@Nullable String path, @DefaultValue("true") boolean create,
			@DefaultValue("false") boolean requireMount, @DefaultValue Map<Guarantee, GuaranteeLevel> require) {
	}

	/**
	 * Lock properties.
	 *
	 * @param mode How a write acquires the lock of its target.
	 * @param timeout Maximum time to wait for a lock. A number without a unit is in
	 * seconds.
	 * @param file What to do with a lock file on release. It lies beside the target while
	 * the lock is held, also in directories such as conf.d of which a program reads every
	 * file.
	 * @param scope Whom the lock of a file excludes.
	 * @param store Name of the LockStore bean that the hosts share. By default the only
	 * or primary one. With scope cluster only.
	 * @param leaseTime Time after which another host gets the lock of a writer that does
	 * not renew it. With scope cluster only. A number without a unit is in seconds.
	 * @param storeTimeout Maximum time to wait for an answer of the lock store. With
	 * scope cluster only. A number without a unit is in seconds.
	 * @param keyPrefix What the names of locks begin with in the lock store. With scope
	 * cluster only.
	 * @param maxClockSkew Maximum difference of this host's clock from that of the lock
	 * store, where leases expire by the clocks of hosts. By default a quarter of the
	 * lease time. With scope cluster only. A number without a unit is in seconds.
	 */
	public record Lock(@DefaultValue("wait") Mode mode,
			@DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration timeout,
			@DefaultValue("delete") Disposal file, @DefaultValue("host") Scope scope, @Nullable String store,
			@DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration leaseTime,
			@DefaultValue("2s") @DurationUnit(ChronoUnit.SECONDS) Duration storeTimeout,
			@DefaultValue("atomicwrite") String keyPrefix,
			@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration maxClockSkew) {

		/**
		 * Whom the lock of a file excludes.
		 */
		public enum Scope {

			/**
			 * The writers of this host.
			 */
			HOST,

			/**
			 * The writers of all hosts that share the lock store.
			 */
			CLUSTER

		}

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
	 * Defaults to the directory of the target. Set it where a program reads every file of
	 * the target's directory, as in conf.d or sites-enabled.
	 * @param timestamped Whether the name of each backup has a time stamp. Otherwise each
	 * backup replaces the previous one.
	 * @param keep Number of backups to keep for each target, newest first. Applies only
	 * if backups are timestamped. All are kept by default.
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
	 * @param interval Time between two sweeps. A number without a unit is in seconds.
	 * @param orphanAge Minimum time since a staging file was last written before it may
	 * count as an orphan. A number without a unit is in seconds.
	 * @param lockAge Minimum time since a lock file was last locked before it may be
	 * removed. A number without a unit is in seconds.
	 * @param backupAge Age at which a backup is removed. Not limited by default. A number
	 * without a unit is in seconds.
	 * @param recursive Whether subdirectories are swept too.
	 * @param recovery What to do with a staging file whose writer is gone. If set, the
	 * first recovery after startup also compares files with their sidecars, which reads
	 * every file that has one. By default such staging files are deleted and sidecars are
	 * not checked.
	 */
	public record Housekeeping(@DefaultValue("true") boolean enabled, @DefaultValue("true") boolean onStartup,
			@DefaultValue("1h") @DurationUnit(ChronoUnit.SECONDS) Duration interval,
			@DefaultValue("1m") @DurationUnit(ChronoUnit.SECONDS) Duration orphanAge,
			@DefaultValue("1h") @DurationUnit(ChronoUnit.SECONDS) Duration lockAge,
			@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration backupAge, @DefaultValue("false") boolean recursive,
			RecoveryOptions.@Nullable Decision recovery) {
	}

	/**
	 * Metadata properties.
	 *
	 * @param mode File mode of the new file: preserve, umask, or an octal mode with a
	 * leading zero. Quote an octal mode in YAML.
	 * @param owner Whether the owner and group of the replaced file are preserved. Where
	 * they are not, the new file loses the mode bits that were meant for them.
	 * @param attributes Whether the user attributes, access control list, security label
	 * and capabilities of the replaced file are preserved. Where an access control list
	 * is not, only the owner may access the new file.
	 * @param reportLosses Whether all that is lost with a replaced file is looked for,
	 * and logged once for each file. Takes some milliseconds, once for each file that
	 * another program has made or changed.
	 */
	public record Metadata(@DefaultValue("preserve") String mode, @DefaultValue("try") MetadataPolicy owner,
			@DefaultValue("try") MetadataPolicy attributes, @DefaultValue("true") boolean reportLosses) {
	}

}

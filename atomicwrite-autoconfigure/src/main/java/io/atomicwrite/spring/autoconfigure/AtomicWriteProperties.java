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
 * Properties of atomic writes.
 *
 * @param enabled Whether to auto-configure atomic writes.
 * @param baseDirectory Directory in which relative targets are resolved and which no
 * target may leave.
 * @param directories Managed directories by name, inspected at start and shown in health,
 * endpoint and metrics.
 * @param safety What happens where the filesystem can't keep a guarantee.
 * @param require Level that every write requires, by guarantee.
 * @param startupCheck How managed directories are checked at start.
 * @param lock How targets are locked.
 * @param checksum Whether and where checksums are kept.
 * @param backup Whether and how replaced content is kept.
 * @param housekeeping How managed directories are swept.
 * @param metadata What of an old file is kept.
 * @param symlinks What is written when the target is a symbolic link.
 */
@ConfigurationProperties("atomicwrite")
public record AtomicWriteProperties(@DefaultValue("true") boolean enabled, @Nullable String baseDirectory,
		@DefaultValue Map<String, Directory> directories, @DefaultValue("strict") SafetyPolicy safety,
		@DefaultValue Map<Guarantee, GuaranteeLevel> require, @DefaultValue("inspect") StartupCheck startupCheck,
		@DefaultValue Lock lock, @DefaultValue Checksum checksum, @DefaultValue Backup backup,
		@DefaultValue Housekeeping housekeeping, @DefaultValue Metadata metadata,
		@DefaultValue("follow") SymlinkPolicy symlinks) {

	/**
	 * How managed directories are checked at start.
	 */
	public enum StartupCheck {

		/**
		 * Not at all.
		 */
		OFF,

		/**
		 * Created if missing, looked at, and held against the required levels.
		 */
		INSPECT,

		/**
		 * Looked at as with inspect, then tried out by the doctor: creates, syncs,
		 * renames and locks probe files and deletes them again.
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
	 * Properties of locks.
	 *
	 * @param mode Whether a write waits for the lock of its target.
	 * @param timeout Longest wait for a lock.
	 * @param file What becomes of a lock file on release.
	 */
	public record Lock(@DefaultValue("wait") Mode mode, @DefaultValue("30s") Duration timeout,
			@DefaultValue("delete") Disposal file) {

		/**
		 * Whether a write waits for the lock of its target.
		 */
		public enum Mode {

			/**
			 * Waits up to the timeout.
			 */
			WAIT,

			/**
			 * Fails at once if someone else holds it.
			 */
			FAIL_FAST,

			/**
			 * Takes no lock.
			 */
			NONE

		}

		/**
		 * What becomes of a lock file on release.
		 */
		public enum Disposal {

			/**
			 * Deleted.
			 */
			DELETE,

			/**
			 * Kept for the next writer.
			 */
			KEEP

		}

	}

	/**
	 * Properties of checksums.
	 *
	 * @param mode Where the checksum of a file is kept.
	 * @param algorithm Algorithm that makes checksums.
	 * @param verifyOnRead Whether every read verifies. A file without a checksum can then
	 * not be read.
	 */
	public record Checksum(@DefaultValue("none") ChecksumPolicy.Mode mode, @DefaultValue("SHA-256") String algorithm,
			@DefaultValue("false") boolean verifyOnRead) {
	}

	/**
	 * Properties of backups.
	 *
	 * @param enabled Whether a write keeps the content that it replaces.
	 * @param suffix What the name of a backup ends with.
	 * @param directory Directory of the backups, relative to that of the target. Beside
	 * the target unless set.
	 * @param timestamped Whether each backup has its time in its name, rather than to
	 * replace the one before.
	 * @param keep How many backups of a target are kept, the newest. All of them unless
	 * set.
	 */
	public record Backup(@DefaultValue("false") boolean enabled, @DefaultValue(BackupPolicy.SUFFIX) String suffix,
			@Nullable String directory, @DefaultValue("false") boolean timestamped, @Nullable Integer keep) {
	}

	/**
	 * Properties of housekeeping.
	 *
	 * @param enabled Whether managed directories are swept of what writes leave behind.
	 * @param onStartup Whether the first sweep comes at start, in the background.
	 * @param interval Time between two sweeps.
	 * @param orphanAge How long ago a staging file must have been written to, before it
	 * is taken for one whose writer is gone.
	 * @param lockAge How long ago a lock file must have been locked, before it is
	 * removed.
	 * @param backupAge How old a backup may become. Any age unless set.
	 * @param recursive Whether the directories below are swept too.
	 * @param recovery What becomes of a staging file whose writer is gone. Set, it also
	 * has files held against their sidecars at start, which reads each that has one.
	 * Unless set, such staging files are deleted, and sidecars left alone.
	 */
	public record Housekeeping(@DefaultValue("true") boolean enabled, @DefaultValue("true") boolean onStartup,
			@DefaultValue("1h") Duration interval, @DefaultValue("1m") Duration orphanAge,
			@DefaultValue("1h") Duration lockAge, @Nullable Duration backupAge,
			@DefaultValue("false") boolean recursive, RecoveryOptions.@Nullable Decision recovery) {
	}

	/**
	 * Properties of metadata.
	 *
	 * @param mode Mode of the new file: preserve, umask, or an octal mode with a leading
	 * zero, which YAML needs in quotes.
	 * @param owner Whether owner and group of the old file are kept.
	 * @param attributes Whether extended attributes of the old file are kept.
	 */
	public record Metadata(@DefaultValue("preserve") String mode, @DefaultValue("ignore") MetadataPolicy owner,
			@DefaultValue("try") MetadataPolicy attributes) {
	}

}

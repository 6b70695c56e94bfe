package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.MetadataPolicy;
import io.atomicwrite.core.SymlinkPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of atomic writes.
 *
 * @param enabled whether to auto-configure atomic writes
 * @param baseDirectory directory in which relative targets are resolved and which no
 * target may leave
 * @param directories managed directories by name, inspected at start and shown in health,
 * endpoint and metrics
 * @param safety what happens where the filesystem can't keep a guarantee
 * @param require level that every write requires, by guarantee
 * @param startupCheck how managed directories are checked at start
 * @param lock how targets are locked
 * @param metadata what of an old file is kept
 * @param symlinks what is written when the target is a symbolic link
 */
@ConfigurationProperties("atomicwrite")
public record AtomicWriteProperties(@DefaultValue("true") boolean enabled, @Nullable Path baseDirectory,
		@DefaultValue Map<String, Directory> directories, @DefaultValue("strict") SafetyPolicy safety,
		@DefaultValue Map<Guarantee, GuaranteeLevel> require, @DefaultValue("inspect") StartupCheck startupCheck,
		@DefaultValue Lock lock, @DefaultValue Metadata metadata, @DefaultValue("follow") SymlinkPolicy symlinks) {

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
		INSPECT

	}

	/**
	 * A managed directory.
	 *
	 * @param path path of the directory, relative to the base directory if there is one
	 */
	public record Directory(@Nullable Path path) {
	}

	/**
	 * Properties of locks.
	 *
	 * @param mode whether a write waits for the lock of its target
	 * @param timeout longest wait for a lock
	 * @param file what becomes of a lock file on release
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
	 * Properties of metadata.
	 *
	 * @param mode mode of the new file: preserve, umask, or an octal mode with a leading
	 * zero, which YAML needs in quotes
	 * @param owner whether owner and group of the old file are kept
	 * @param attributes whether extended attributes of the old file are kept
	 */
	public record Metadata(@DefaultValue("preserve") String mode, @DefaultValue("ignore") MetadataPolicy owner,
			@DefaultValue("try") MetadataPolicy attributes) {
	}

}

package io.atomicwrite.doctor;

import java.util.Locale;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import org.jspecify.annotations.Nullable;

/**
 * The result of one check of a diagnosis. Immutable.
 *
 * @param code the check
 * @param severity its severity
 * @param message what was found
 * @param remedy what to do about it, or {@code null} if there is nothing to do
 */
public record Finding(Code code, Severity severity, String message, @Nullable String remedy) {

	@Override
	public String toString() {
		return this.severity + " " + this.code.id() + ": " + this.message
				+ ((this.remedy != null) ? "; " + this.remedy : "");
	}

	/**
	 * The severity of a finding, in ascending order.
	 */
	public enum Severity {

		/** As it should be. */
		OK,

		/** Worth knowing, but harmless. */
		INFO,

		/**
		 * Not checked, or the check gave no answer. It is never reported as {@link #OK}.
		 */
		UNKNOWN,

		/** Something does not work, or will soon fail. */
		WARNING,

		/** A guarantee is broken, or writes fail. */
		ERROR

	}

	/**
	 * The checks of a diagnosis.
	 */
	public enum Code {

		/** The directory exists. */
		DIRECTORY_EXISTS(false, Severity.ERROR, null),

		/** This user may create files in the directory and list it. */
		DIRECTORY_WRITABLE(false, Severity.ERROR, null),

		/** The level of a guarantee; one finding for each. */
		GUARANTEES(false, Severity.ERROR, null),

		/** There is free space. */
		FREE_SPACE(false, Severity.WARNING, null),

		/** There are free inodes, so new files can be created. */
		FREE_INODES(false, Severity.WARNING, null),

		/** The maximum length of a name. */
		NAME_LIMIT(false, Severity.WARNING, null),

		/** The NFSv4 client has an identity of its own; on NFSv4 alone. */
		NFS_CLIENT(false, Severity.WARNING, null),

		/** A file can be created exclusively: creation fails if the name exists. */
		EXCLUSIVE_CREATE(true, Severity.ERROR, Capability.ATOMIC_WRITE),

		/** A file has the mode that was set. */
		FILE_MODE(true, Severity.WARNING, Capability.POSIX_METADATA),

		/** A file can be synced. */
		FILE_SYNC(true, Severity.ERROR, Capability.FILE_SYNC),

		/** A file can be renamed over another. */
		REPLACE(true, Severity.ERROR, Capability.ATOMIC_WRITE),

		/**
		 * A reader that has a file open keeps the old content when the file is replaced.
		 */
		REPLACE_OPEN_FILE(Guarantee.ATOMIC_VISIBILITY),

		/**
		 * A reader of a file that is replaced repeatedly always finds it, with either the
		 * old or the new content.
		 */
		READER_NEVER_MISSES(Guarantee.ATOMIC_VISIBILITY),

		/** A directory can be synced. */
		DIRECTORY_SYNC(true, Severity.ERROR, Capability.DIRECTORY_SYNC),

		/** A file can be linked to a new name, but not to an existing one. */
		NO_CLOBBER(true, Severity.WARNING, Capability.NO_CLOBBER),

		/** A lock excludes a second process. */
		LOCK_SECOND_PROCESS(Guarantee.WRITER_EXCLUSION),

		/** A lock file is deleted on release. */
		LOCK_FILE_DELETION(true, Severity.WARNING, Capability.HOST_LOCK),

		/** Files have extended attributes in the user namespace. */
		USER_ATTRIBUTES(true, Severity.WARNING, Capability.USER_ATTRIBUTES),

		/** A file and its checksum are read back as they were written. */
		CHECKSUM_ROUND_TRIP(true, Severity.ERROR, Capability.ATOMIC_WRITE),

		/** The clock of the filesystem agrees with that of this machine. */
		CLOCK(true, Severity.WARNING, null),

		/** Whether names that differ only in case are different files. */
		CASE_SENSITIVITY(true, Severity.INFO, null),

		/** All files that the diagnosis created were deleted. */
		PROBE_CLEANUP(true, Severity.ERROR, null);

		private final boolean needsProbe;

		private final Severity failure;

		private final @Nullable Capability capability;

		private final @Nullable Guarantee guarantee;

		Code(boolean needsProbe, Severity failure, @Nullable Capability capability) {
			this.needsProbe = needsProbe;
			this.failure = failure;
			this.capability = capability;
			this.guarantee = null;
		}

		Code(Guarantee guarantee) {
			this.needsProbe = true;
			this.failure = Severity.ERROR;
			this.capability = null;
			this.guarantee = guarantee;
		}

		/**
		 * Returns the code as reports print it.
		 * @return the code, such as {@code exclusive-create}
		 */
		public String id() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

		/**
		 * Returns whether the check needs a probe, which creates files.
		 * @return whether it needs a probe
		 */
		public boolean needsProbe() {
			return this.needsProbe;
		}

		Severity failure() {
			return this.failure;
		}

		/** The capability that a failure refutes, provided that the matrix lists it. */
		@Nullable Capability capability() {
			return this.capability;
		}

		/** The guarantee that a failure refutes, provided that the matrix claims it. */
		@Nullable Guarantee guarantee() {
			return this.guarantee;
		}

	}

}

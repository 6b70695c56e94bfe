package io.atomicwrite.doctor;

import java.util.Locale;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import org.jspecify.annotations.Nullable;

/**
 * What the doctor looks at or tries.
 */
public enum FindingCode {

	/** The directory exists. */
	DIRECTORY_EXISTS(false, Severity.ERROR, null),

	/** This user may create files in it, and list it. */
	DIRECTORY_WRITABLE(false, Severity.ERROR, null),

	/** The level of a guarantee; one finding for each. */
	GUARANTEES(false, Severity.ERROR, null),

	/** There is room for new bytes. */
	FREE_SPACE(false, Severity.WARNING, null),

	/** There is room for new files. */
	FREE_INODES(false, Severity.WARNING, null),

	/** How long a name may be. */
	NAME_LIMIT(false, Severity.WARNING, null),

	/** A file can be created, but not where there is one. */
	EXCLUSIVE_CREATE(true, Severity.ERROR, Capability.ATOMIC_WRITE),

	/** A file has the mode that it was given. */
	FILE_MODE(true, Severity.WARNING, Capability.POSIX_METADATA),

	/** A file can be synced. */
	FILE_SYNC(true, Severity.ERROR, Capability.FILE_SYNC),

	/** A file can be renamed over another. */
	REPLACE(true, Severity.ERROR, Capability.ATOMIC_WRITE),

	/** A reader keeps the old content of a file that is replaced while it is open. */
	REPLACE_OPEN_FILE(Guarantee.ATOMIC_VISIBILITY),

	/**
	 * A reader never misses a file that is replaced again and again, nor sees a mixture.
	 */
	READER_NEVER_MISSES(Guarantee.ATOMIC_VISIBILITY),

	/** A directory can be synced. */
	DIRECTORY_SYNC(true, Severity.ERROR, Capability.DIRECTORY_SYNC),

	/** A file can get a name only if that is free. */
	NO_CLOBBER(true, Severity.WARNING, Capability.NO_CLOBBER),

	/** A lock excludes another process. */
	LOCK_SECOND_PROCESS(Guarantee.WRITER_EXCLUSION),

	/** A lock file is gone after the release. */
	LOCK_FILE_DELETION(true, Severity.WARNING, Capability.HOST_LOCK),

	/** A file can have extended attributes of the user namespace. */
	USER_ATTRIBUTES(true, Severity.WARNING, Capability.USER_ATTRIBUTES),

	/** A file and its checksum read back as they were written. */
	CHECKSUM_ROUND_TRIP(true, Severity.ERROR, Capability.ATOMIC_WRITE),

	/** The clock of the filesystem agrees with that of this machine. */
	CLOCK(true, Severity.WARNING, null),

	/** Names that differ in case only are two files. */
	CASE_SENSITIVITY(true, Severity.INFO, null),

	/** No file of the doctor is left. */
	PROBE_CLEANUP(true, Severity.ERROR, null);

	private final boolean needsProbe;

	private final Severity failure;

	private final @Nullable Capability capability;

	private final @Nullable Guarantee guarantee;

	FindingCode(boolean needsProbe, Severity failure, @Nullable Capability capability) {
		this.needsProbe = needsProbe;
		this.failure = failure;
		this.capability = capability;
		this.guarantee = null;
	}

	FindingCode(Guarantee guarantee) {
		this.needsProbe = true;
		this.failure = Severity.ERROR;
		this.capability = null;
		this.guarantee = guarantee;
	}

	/**
	 * Returns the code as it appears in reports.
	 * @return the code, such as {@code exclusive-create}
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns whether only a probe that writes can tell.
	 * @return whether a probe is needed
	 */
	public boolean needsProbe() {
		return this.needsProbe;
	}

	Severity failure() {
		return this.failure;
	}

	/** The capability that a failure disproves, if the matrix says that it is there. */
	@Nullable Capability capability() {
		return this.capability;
	}

	/** The guarantee that a failure disproves, if the matrix says that it is kept. */
	@Nullable Guarantee guarantee() {
		return this.guarantee;
	}

}

package io.atomicwrite.backup;

import java.nio.file.Path;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how the content that a write replaces is kept. Immutable.
 *
 * @param enabled whether it is kept at all
 * @param suffix what the name of a backup ends with
 * @param directory where backups go, relative to the directory of the target;
 * {@code null} for beside the target
 * @param timestamped whether each backup has its time in its name, rather than to replace
 * the one before
 * @param mode the mode of a backup; {@code null} for that of the original
 * @param keep how many generations with a time are kept; {@code null} for all
 */
public record BackupPolicy(boolean enabled, String suffix, @Nullable Path directory, boolean timestamped,
		@Nullable Integer mode, @Nullable Integer keep) {

	/** The suffix that housekeeping knows without being told. */
	public static final String SUFFIX = ".backup";

	private static final BackupPolicy NONE = new BackupPolicy(false, SUFFIX, null, false, null, null);

	private static final BackupPolicy SINGLE = new BackupPolicy(true, SUFFIX, null, false, null, null);

	private static final int MODE_BITS = 07777;

	/**
	 * Creates a policy.
	 * @param enabled whether backups are made
	 * @param suffix what a name ends with
	 * @param directory where backups go
	 * @param timestamped whether names have a time
	 * @param mode the mode of a backup
	 * @param keep how many are kept
	 */
	public BackupPolicy {
		// a look whether it is taken compiles patterns, for which every start would pay
		if (!suffix.equals(SUFFIX) && (suffix.isEmpty() || suffix.indexOf('/') >= 0 || isTaken(suffix))) {
			throw new IllegalArgumentException("'" + suffix + "' can't end the name of a backup; use one such as .bak");
		}
		if (mode != null && (mode & ~MODE_BITS) != 0) {
			throw new IllegalArgumentException(Integer.toOctalString(mode) + " is no mode; use one such as 0600");
		}
		if (keep != null && keep < 1) {
			throw new IllegalArgumentException("at least one generation is kept, not " + keep);
		}
	}

	private static boolean isTaken(String suffix) {
		ArtifactNames.Artifact other = ArtifactNames.parse("x" + suffix);
		return suffix.endsWith(".tmp") || (other != null && other.kind() != ArtifactKind.BACKUP);
	}

	/**
	 * Makes no backups.
	 * @return the policy
	 */
	public static BackupPolicy none() {
		return NONE;
	}

	/**
	 * Keeps the last content, as {@code config.json.backup}.
	 * @return the policy
	 */
	public static BackupPolicy single() {
		return SINGLE;
	}

	/**
	 * Keeps every content, as {@code config.json.20260131-235959.backup}.
	 * @return the policy
	 */
	public static BackupPolicy generations() {
		return new BackupPolicy(true, SUFFIX, null, true, null, null);
	}

	/**
	 * Returns this policy with another suffix.
	 * @param ending what the name of a backup ends with
	 * @return the policy
	 */
	public BackupPolicy withSuffix(String ending) {
		return new BackupPolicy(this.enabled, ending, this.directory, this.timestamped, this.mode, this.keep);
	}

	/**
	 * Returns this policy with another directory.
	 * @param place where backups go, relative to the directory of the target
	 * @return the policy
	 */
	public BackupPolicy inDirectory(@Nullable Path place) {
		return new BackupPolicy(this.enabled, this.suffix, place, this.timestamped, this.mode, this.keep);
	}

	/**
	 * Returns this policy with a mode. A backup then is a copy: a hard link would change
	 * the mode of the target too.
	 * @param bits the mode, {@code 07777} at most; {@code null} for that of the original
	 * @return the policy
	 */
	public BackupPolicy withMode(@Nullable Integer bits) {
		return new BackupPolicy(this.enabled, this.suffix, this.directory, this.timestamped, bits, this.keep);
	}

	/**
	 * Returns this policy with a number of generations to keep.
	 * @param generations how many of those with a time are kept; {@code null} for all
	 * @return the policy
	 */
	public BackupPolicy keeping(@Nullable Integer generations) {
		return new BackupPolicy(this.enabled, this.suffix, this.directory, this.timestamped, this.mode, generations);
	}

}

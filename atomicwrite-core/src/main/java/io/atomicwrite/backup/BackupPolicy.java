package io.atomicwrite.backup;

import java.nio.file.Path;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how a write backs up the content that it replaces. Immutable.
 *
 * @param enabled whether backups are made
 * @param suffix the suffix of backups
 * @param directory the directory for backups, relative to that of the target;
 * {@code null} for the directory of the target
 * @param timestamped whether the name of each backup has a time stamp; otherwise each
 * backup replaces the previous one
 * @param mode the file mode of a backup; {@code null} to keep that of the original
 * @param keep how many backups with a time stamp to keep; {@code null} for all
 */
public record BackupPolicy(boolean enabled, String suffix, @Nullable Path directory, boolean timestamped,
		@Nullable Integer mode, @Nullable Integer keep) {

	/** The default suffix, which housekeeping recognises without configuration. */
	public static final String SUFFIX = ".backup";

	private static final BackupPolicy NONE = new BackupPolicy(false, SUFFIX, null, false, null, null);

	private static final BackupPolicy SINGLE = new BackupPolicy(true, SUFFIX, null, false, null, null);

	private static final int MODE_BITS = 07777;

	/**
	 * Creates a policy.
	 * @param enabled whether backups are made
	 * @param suffix the suffix of backups
	 * @param directory the directory for backups, or {@code null}
	 * @param timestamped whether names have a time stamp
	 * @param mode the file mode of a backup, or {@code null}
	 * @param keep how many backups with a time stamp to keep, or {@code null}
	 * @throws IllegalArgumentException if the suffix is empty, contains a slash or is
	 * that of another kind of artifact, if the mode has bits outside {@code 07777}, or if
	 * {@code keep} is less than 1
	 */
	public BackupPolicy {
		// isTaken compiles patterns; the default suffix must not slow down every start
		if (!suffix.equals(SUFFIX) && (suffix.isEmpty() || suffix.indexOf('/') >= 0 || isTaken(suffix))) {
			throw new IllegalArgumentException(
					"'" + suffix + "' is not a valid suffix for backups; use one such as .bak");
		}
		if (mode != null && (mode & ~MODE_BITS) != 0) {
			throw new IllegalArgumentException(
					Integer.toOctalString(mode) + " is not a valid file mode; use one such as 0600");
		}
		if (keep != null && keep < 1) {
			throw new IllegalArgumentException("the number of generations to keep must be at least 1, not " + keep);
		}
	}

	private static boolean isTaken(String suffix) {
		ArtifactNames.Artifact other = ArtifactNames.parse("x" + suffix);
		return suffix.endsWith(".tmp") || (other != null && other.kind() != ArtifactKind.BACKUP);
	}

	/**
	 * Returns a policy that makes no backups.
	 * @return the policy
	 */
	public static BackupPolicy none() {
		return NONE;
	}

	/**
	 * Returns a policy that keeps one backup, such as {@code config.json.backup}.
	 * @return the policy
	 */
	public static BackupPolicy single() {
		return SINGLE;
	}

	/**
	 * Returns a policy that keeps every previous version, each under a name such as
	 * {@code config.json.20260131-235959.backup}.
	 * @return the policy
	 */
	public static BackupPolicy generations() {
		return new BackupPolicy(true, SUFFIX, null, true, null, null);
	}

	/**
	 * Returns this policy with another suffix.
	 * @param ending the suffix of backups
	 * @return the policy
	 */
	public BackupPolicy withSuffix(String ending) {
		return new BackupPolicy(this.enabled, ending, this.directory, this.timestamped, this.mode, this.keep);
	}

	/**
	 * Returns this policy with another directory.
	 * @param place the directory for backups, relative to that of the target;
	 * {@code null} for the directory of the target
	 * @return the policy
	 */
	public BackupPolicy inDirectory(@Nullable Path place) {
		return new BackupPolicy(this.enabled, this.suffix, place, this.timestamped, this.mode, this.keep);
	}

	/**
	 * Returns this policy with a file mode for backups. Backups are then copies, because
	 * changing the mode of a hard link would change that of the target.
	 * @param bits the mode, at most {@code 07777}; {@code null} to keep that of the
	 * original
	 * @return the policy
	 */
	public BackupPolicy withMode(@Nullable Integer bits) {
		return new BackupPolicy(this.enabled, this.suffix, this.directory, this.timestamped, bits, this.keep);
	}

	/**
	 * Returns this policy with a limit on the number of backups.
	 * @param generations how many backups with a time stamp to keep; {@code null} for all
	 * @return the policy
	 */
	public BackupPolicy keeping(@Nullable Integer generations) {
		return new BackupPolicy(this.enabled, this.suffix, this.directory, this.timestamped, this.mode, generations);
	}

}

package io.atomicwrite.artifact;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The generation of a backup, as encoded in its name. Immutable.
 *
 * @param made when the backup was made, in whole seconds UTC; {@code null} if its name
 * has no time stamp
 * @param sequence the number of the backup within that second, from 1; 0 without a time
 * stamp
 */
public record BackupGeneration(@Nullable Instant made, int sequence) {

	/** The backup without a time stamp in its name. */
	public static final BackupGeneration PLAIN = new BackupGeneration(null, 0);

	/**
	 * Returns whether this is the backup without a time stamp, which the next write
	 * replaces.
	 * @return whether the name has no time stamp
	 */
	public boolean plain() {
		return this.made == null;
	}

}

package io.atomicwrite.artifact;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which of its target's backups a backup is, by its name.
 *
 * @param made when it was made, to the second in UTC, or {@code null} if the name does
 * not say
 * @param sequence counts the backups of one second from 1; 0 if the name does not say
 * when it was made
 */
public record BackupGeneration(@Nullable Instant made, int sequence) {

	/** The backup without a time in its name. */
	public static final BackupGeneration PLAIN = new BackupGeneration(null, 0);

	/**
	 * Returns whether this is the backup without a time in its name, which the next write
	 * replaces.
	 * @return whether it is that one
	 */
	public boolean plain() {
		return this.made == null;
	}

}

package io.atomicwrite.lock;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A registry whose locks are held on lock files. Thread-safe.
 *
 * <p>
 * A holder that is killed leaves its lock file behind. The lock itself ended with the
 * process, so a leftover lock file does no harm: whoever locks the target next uses it,
 * and housekeeping deletes it.
 */
public interface LockFileRegistry extends LockRegistry {

	/**
	 * Returns the lock file of a target if it exists and nobody holds its lock.
	 * @param target the target
	 * @return the leftover lock file; empty if there is none, if its lock is held, or if
	 * it can't be looked at
	 */
	Optional<Path> leftover(Path target);

	/**
	 * Deletes the lock file of a target if nobody holds its lock. A lock that is held
	 * can't be broken: its holder would not notice.
	 * @param target the target
	 * @return whether a leftover lock file was deleted
	 * @throws UncheckedIOException if the lock file can't be locked or deleted
	 */
	boolean releaseLeftover(Path target);

}

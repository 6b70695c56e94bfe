package io.atomicwrite.lock;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Names the locks of targets for a {@link LockStore}. All hosts must give the same target
 * the same key, and two targets two keys, so a path of one host will not do: the same
 * directory may be mounted elsewhere on another.
 *
 * <p>
 * Called by several threads at once, for each acquisition.
 */
@FunctionalInterface
public interface LockKeys {

	/**
	 * Returns the key of a target.
	 * @param target the target by its canonical path on this host
	 * @return the key without the prefix of the registry, or empty if the hosts share no
	 * name for the target; its lock is refused then
	 */
	Optional<String> key(Path target);

}

package io.atomicwrite.core;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.fs.Mount;

/**
 * The mounts that a template has warned of. Thread-safe.
 */
final class WarnedMounts {

	/** More than a host has; should it have more, some are warned of again. */
	private static final int MAX_REMEMBERED = 1000;

	private final Set<String> mounts = ConcurrentHashMap.newKeySet();

	/**
	 * Returns whether the mount was not warned of before. Other options make no other.
	 */
	boolean isFirst(Mount mount) {
		String key = mount.device() + " " + mount.type() + " " + mount.point();
		if (this.mounts.contains(key)) {
			return false;
		}
		if (this.mounts.size() >= MAX_REMEMBERED) {
			this.mounts.clear();
		}
		return this.mounts.add(key);
	}

}

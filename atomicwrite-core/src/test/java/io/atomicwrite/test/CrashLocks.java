package io.atomicwrite.test;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The lock files of a disk in memory, and the locks on its other files. They are gone
 * after a crash.
 */
final class CrashLocks {

	private final Map<Path, Lock> named = new TreeMap<>();

	private final Map<Integer, Lock> numbered = new HashMap<>();

	Set<Path> names() {
		return this.named.keySet();
	}

	boolean has(Path file) {
		return this.named.containsKey(file);
	}

	/** Returns the size of a lock file, or {@code null} if there is none. */
	@Nullable Long size(Path file) {
		Lock lock = this.named.get(file);
		return (lock != null) ? lock.size : null;
	}

	/** Takes the name away; who has the file open keeps its lock. */
	boolean remove(Path file) {
		return this.named.remove(file) != null;
	}

	CrashLockFile open(Path file) {
		return new CrashLockFile(this.named.computeIfAbsent(file, (name) -> new Lock()));
	}

	CrashLockFile open(int inode) {
		return new CrashLockFile(this.numbered.computeIfAbsent(inode, (number) -> new Lock()));
	}

	/** Frees every lock, as the system does when a process dies; files stay. */
	void release() {
		this.named.values().forEach((lock) -> lock.holder = null);
		this.numbered.values().forEach((lock) -> lock.holder = null);
	}

	/**
	 * A file as far as locks are concerned.
	 */
	static final class Lock {

		long size;

		@Nullable CrashLockFile holder;

	}

}

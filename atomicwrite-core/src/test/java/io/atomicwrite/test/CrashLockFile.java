package io.atomicwrite.test;

import java.nio.file.Path;
import java.util.Map;

import io.atomicwrite.fs.LockFile;

/**
 * A lock file in memory, which nobody else wants.
 */
final class CrashLockFile implements LockFile {

	private final Map<Path, Long> sizes;

	private final Path file;

	private long size;

	CrashLockFile(Map<Path, Long> sizes, Path file) {
		this.sizes = sizes;
		this.file = file;
		this.size = sizes.getOrDefault(file, 0L);
	}

	@Override
	public boolean tryLock() {
		return true;
	}

	@Override
	public long size() {
		return this.size;
	}

	@Override
	public byte[] read(int limit) {
		return new byte[(int) Math.min(limit, this.size)];
	}

	@Override
	public void resize(long length) {
		this.size = length;
		this.sizes.computeIfPresent(this.file, (name, old) -> length);
	}

	@Override
	public void close() {
		// nobody waits
	}

}

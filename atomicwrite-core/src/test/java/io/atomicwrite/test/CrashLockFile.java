package io.atomicwrite.test;

import io.atomicwrite.fs.LockFile;

/**
 * An open lock file in memory. As with a record lock, one who has it open keeps the
 * others out until it is closed, whether or not the file still has a name.
 */
final class CrashLockFile implements LockFile {

	private final CrashLocks.Lock lock;

	CrashLockFile(CrashLocks.Lock lock) {
		this.lock = lock;
	}

	@Override
	public boolean tryLock() {
		if (this.lock.holder == null) {
			this.lock.holder = this;
		}
		return this.lock.holder == this;
	}

	@Override
	public long size() {
		return this.lock.size;
	}

	@Override
	public byte[] read(int limit) {
		return new byte[(int) Math.min(limit, this.lock.size)];
	}

	@Override
	public void resize(long length) {
		this.lock.size = length;
	}

	@Override
	public void close() {
		if (this.lock.holder == this) {
			this.lock.holder = null;
		}
	}

}

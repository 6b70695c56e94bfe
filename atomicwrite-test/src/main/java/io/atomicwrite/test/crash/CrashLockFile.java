package io.atomicwrite.test.crash;

import java.util.Arrays;

import io.atomicwrite.fs.LockFile;

/**
 * An open lock file in memory. As with a record lock, one who has it open keeps the
 * others out until it is closed, whether or not the file still has a name.
 */
final class CrashLockFile implements LockFile {

	private final CrashInode inode;

	CrashLockFile(CrashInode inode) {
		this.inode = inode;
	}

	@Override
	public boolean tryLock() {
		return this.inode.tryLock(this);
	}

	@Override
	public long size() {
		return this.inode.size();
	}

	@Override
	public byte[] read(int limit) {
		byte[] all = this.inode.bytes();
		return Arrays.copyOf(all, Math.min(limit, all.length));
	}

	@Override
	public void resize(long length) {
		this.inode.resize(length);
	}

	@Override
	public void close() {
		this.inode.unlock(this);
	}

}

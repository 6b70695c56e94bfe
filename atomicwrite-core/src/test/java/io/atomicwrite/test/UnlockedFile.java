package io.atomicwrite.test;

import java.io.IOException;

import io.atomicwrite.fs.LockFile;

/**
 * Says that it is locked, and is not.
 *
 * @param delegate the file
 */
public record UnlockedFile(LockFile delegate) implements LockFile {

	@Override
	public boolean tryLock() {
		return true;
	}

	@Override
	public long size() throws IOException {
		return this.delegate.size();
	}

	@Override
	public byte[] read(int limit) throws IOException {
		return this.delegate.read(limit);
	}

	@Override
	public void resize(long length) throws IOException {
		this.delegate.resize(length);
	}

	@Override
	public void close() throws IOException {
		this.delegate.close();
	}

}

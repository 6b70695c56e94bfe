package io.atomicwrite.test;

import java.io.IOException;

import io.atomicwrite.fs.LockFile;

/**
 * A lock file whose lock is tried for in a way of the test's own.
 *
 * @param delegate the file
 * @param attempt what is done instead of the attempt to lock it
 */
public record TriedLockFile(LockFile delegate, Attempt attempt) implements LockFile {

	@Override
	public boolean tryLock() throws IOException {
		return this.attempt.tryLock();
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

	/** An attempt to lock the file. */
	@FunctionalInterface
	public interface Attempt {

		/**
		 * Says whether the file is locked.
		 * @return whether it is
		 * @throws IOException as the system call would
		 */
		boolean tryLock() throws IOException;

	}

}

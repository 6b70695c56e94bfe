package io.atomicwrite.fs;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An open lock file.
 */
final class NativeLockFile implements LockFile {

	private static final byte[] NUL = { 0 };

	private final NativeDescriptor file;

	/**
	 * The size when it was last looked at or changed; only the holder of the lock changes
	 * it.
	 */
	private long known;

	/** What the last look at the open file has shown, or nothing. */
	private Optional<FileStat> looked = Optional.empty();

	NativeLockFile(NativeDescriptor file) {
		this.file = file;
	}

	@Override
	public boolean tryLock() throws IOException {
		if (NativeLock.tryLock(this.file, false)) {
			return true;
		}
		if (NativeLock.isProcessLock(this.file)) {
			throw new IOException(NioLockFile.LOCKED_BY_THIS_PROCESS);
		}
		return false;
	}

	@Override
	public long size() throws IOException {
		try (Scratch scratch = Scratch.on(this.file)) {
			Errno.check(NativeStat.look(scratch), this.file.path());
			this.looked = Optional.of(NativeStat.stat(scratch));
			this.known = NativeStat.size(scratch);
			return this.known;
		}
	}

	@Override
	public Optional<FileStat> at(Path path) throws IOException {
		if (this.looked.isEmpty()) {
			return Optional.empty();
		}
		FileStat there = NativeNames.stat(NativeDescriptor.WORKING_DIRECTORY, path.toString(), path);
		return (there != null && there.isSameFile(this.looked.get()) && there.size() == this.known)
				? Optional.of(there) : Optional.empty();
	}

	@Override
	public byte[] read(int limit) throws IOException {
		try (Scratch scratch = Scratch.on(this.file)) {
			MemorySegment start = scratch.data();
			int most = Math.min(limit, Scratch.DATA);
			long read = Errno.check(Kernel.call(scratch, Kernel.PREAD, scratch.at(), start.address(), most, 0, 0),
					this.file.path());
			return start.asSlice(0, read).toArray(ValueLayout.JAVA_BYTE);
		}
	}

	@Override
	public void resize(long length) throws IOException {
		try (Scratch scratch = Scratch.on(this.file)) {
			if (this.known > length) {
				Errno.check(Kernel.call(scratch, Kernel.FTRUNCATE, scratch.at(), length, 0), this.file.path());
			}
			else {
				NativeFileHandle.write(scratch, this.file, ByteBuffer.wrap(NUL), length - 1);
			}
			this.known = length;
		}
	}

	@Override
	public boolean unlock() throws IOException {
		NativeLock.unlock(this.file);
		return true;
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}

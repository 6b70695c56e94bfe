package io.atomicwrite.fs;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;

/**
 * An open file.
 */
final class NativeFileHandle implements FileHandle {

	/** sync_file_range(2): begins to write, and waits for nothing; to the end of file. */
	private static final int WRITE = 2;

	/**
	 * sync_file_range(2): waits for what is being written, writes the rest, waits for
	 * that.
	 */
	private static final int WRITE_AND_WAIT = 1 | WRITE | 4;

	/**
	 * With all three flags this call passes over no page, as fsync(2) does, since Linux
	 * 5.2 ({@code WB_SYNC_ALL} in {@code fs/sync.c}).
	 */
	private static final boolean WRITES_ALL = KernelRelease.running().isAtLeast(5, 2);

	private final NativeDescriptor file;

	private final boolean readOnly;

	private long position;

	NativeFileHandle(NativeDescriptor file, boolean readOnly) {
		this.file = file;
		this.readOnly = readOnly;
	}

	@Override
	public void write(ByteBuffer bytes) throws IOException {
		if (this.readOnly) {
			throw new NonWritableChannelException();
		}
		try (Scratch scratch = Scratch.on(this.file)) {
			while (bytes.hasRemaining()) {
				int written = write(scratch, this.file, bytes, this.position);
				bytes.position(bytes.position() + written);
				this.position += written;
			}
		}
	}

	/** Writes a part, whose length is returned. */
	static int write(Scratch scratch, NativeDescriptor file, ByteBuffer bytes, long position) throws IOException {
		int length = Math.min(bytes.remaining(), Scratch.DATA);
		MemorySegment.copy(MemorySegment.ofBuffer(bytes), 0, scratch.data(), 0, length);
		return (int) Errno.check(
				Kernel.call(scratch, Kernel.PWRITE, scratch.at(), scratch.data().address(), length, position, 0),
				file.path());
	}

	/**
	 * An error is left to the sync, which reports it as well: only a call that waits
	 * takes it away. A sandbox may refuse this call.
	 */
	@Override
	public void startWriteback() throws IOException {
		try (Scratch scratch = Scratch.on(this.file)) {
			Kernel.call(scratch, Kernel.SYNC_FILE_RANGE, scratch.at(), 0, 0, WRITE, 0);
		}
	}

	/** Where a sandbox refuses the call, a sync does more than is asked for. */
	@Override
	public void writeOut() throws IOException {
		if (!WRITES_ALL || !writtenAndAwaited()) {
			sync();
		}
	}

	private boolean writtenAndAwaited() throws IOException {
		try (Scratch scratch = Scratch.on(this.file)) {
			long result = Kernel.call(scratch, Kernel.SYNC_FILE_RANGE, scratch.at(), 0, 0, WRITE_AND_WAIT, 0);
			if (result == -Errno.ENOSYS || result == -Errno.EPERM) {
				return false;
			}
			Errno.check(result, this.file.path());
			return true;
		}
	}

	@Override
	public void sync() throws IOException {
		try (Scratch scratch = Scratch.on(this.file)) {
			Errno.check(Kernel.call(scratch, Kernel.FSYNC, scratch.at(), 0, 0), this.file.path());
		}
	}

	@Override
	public boolean tryLock() throws IOException {
		// only a shared lock can be taken through a descriptor that only reads
		return NativeLock.tryLock(this.file, this.readOnly);
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}

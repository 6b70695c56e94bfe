package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * An open lock file over a channel that no interrupt closes.
 */
final class NioLockFile implements LockFile {

	/** Nobody waits for that: it would be the caller itself who has to let it go. */
	static final String LOCKED_BY_THIS_PROCESS = "this process has locked the same file by other means or under another path";

	private static final byte[] NUL = { 0 };

	private final AsynchronousFileChannel channel;

	/**
	 * The size when it was last looked at or changed; only the holder of the lock changes
	 * it.
	 */
	private long known;

	private @Nullable FileLock lock;

	NioLockFile(AsynchronousFileChannel channel) {
		this.channel = channel;
	}

	@Override
	public boolean tryLock() throws IOException {
		try {
			this.lock = NioFileHandle.tryLock(this.channel, false);
			return this.lock != null;
		}
		catch (OverlappingFileLockException ex) {
			throw new IOException(LOCKED_BY_THIS_PROCESS, ex);
		}
	}

	@Override
	public long size() throws IOException {
		this.known = this.channel.size();
		return this.known;
	}

	@Override
	public byte[] read(int limit) throws IOException {
		ByteBuffer start = ByteBuffer.allocate(limit);
		int read = NioFileHandle.await(this.channel.read(start, 0));
		return Arrays.copyOf(start.array(), Math.max(0, read));
	}

	@Override
	public void resize(long length) throws IOException {
		if (this.known > length) {
			this.channel.truncate(length);
		}
		else {
			NioFileHandle.write(this.channel, ByteBuffer.wrap(NUL), length - 1);
		}
		this.known = length;
	}

	@Override
	public boolean unlock() throws IOException {
		FileLock held = this.lock;
		if (held == null) {
			return false;
		}
		held.release();
		return true;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}

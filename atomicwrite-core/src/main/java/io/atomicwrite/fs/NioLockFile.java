package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;

import org.jspecify.annotations.Nullable;

/**
 * An open lock file over a channel that no interrupt closes.
 */
final class NioLockFile implements LockFile {

	private final AsynchronousFileChannel channel;

	NioLockFile(AsynchronousFileChannel channel) {
		this.channel = channel;
	}

	@Override
	public @Nullable RecordLock tryLock(long position, long size) throws IOException {
		FileLock lock = this.channel.tryLock(position, size, false);
		return (lock != null) ? lock::release : null;
	}

	@Override
	public void resize(long length) throws IOException {
		if (this.channel.size() > length) {
			this.channel.truncate(length);
		}
		else {
			NioFileHandle.write(this.channel, ByteBuffer.allocate(1), length - 1);
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}

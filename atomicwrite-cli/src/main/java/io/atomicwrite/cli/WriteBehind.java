package io.atomicwrite.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import io.atomicwrite.fs.FileHandle;
import org.jspecify.annotations.Nullable;

/**
 * A staging file that is synced while it is written: the disk works while content comes,
 * and never has much left to do, because nothing ends a process before the sync that it
 * waits for.
 */
final class WriteBehind implements FileHandle {

	private static final long LEAST = 1 << 20;

	private static final long FIRST = 4 << 20;

	private static final long MOST = 64 << 20;

	/** Long enough not to count its fixed cost, and a fraction of a second. */
	private static final long USUAL_NANOS = 200_000_000;

	private final FileHandle file;

	/** How much one sync takes on, by how long that took so far. */
	private volatile long step = FIRST;

	private long unsynced;

	private @Nullable FutureTask<@Nullable Void> syncing;

	WriteBehind(FileHandle file) {
		this.file = file;
	}

	@Override
	public void write(ByteBuffer bytes) throws IOException {
		int end = bytes.limit();
		try {
			while (bytes.position() < end) {
				bytes.limit((int) Math.min(end, bytes.position() + LEAST));
				this.unsynced += bytes.remaining();
				this.file.write(bytes);
				if (this.unsynced >= this.step) {
					awaitSync();
					beginSync();
				}
			}
		}
		finally {
			bytes.limit(end);
		}
	}

	private void beginSync() {
		long size = this.unsynced;
		FutureTask<@Nullable Void> task = new FutureTask<>(() -> {
			long start = System.nanoTime();
			this.file.sync();
			this.step = next(size, System.nanoTime() - start);
			return null;
		});
		this.unsynced = 0;
		this.syncing = task;
		Thread thread = new Thread(task, "write-behind");
		thread.setDaemon(true);
		thread.start();
	}

	private static long next(long size, long nanos) {
		if (nanos > USUAL_NANOS) {
			return Math.max(size / 2, LEAST);
		}
		return (nanos < USUAL_NANOS / 2) ? Math.min(size * 2, MOST) : size;
	}

	/**
	 * A failure stays one for good: the kernel reports it once, and a later sync would
	 * succeed without the data ({@code fsync(2)}).
	 */
	private void awaitSync() throws IOException {
		if (this.syncing == null) {
			return;
		}
		try {
			this.syncing.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof IOException cause) {
				throw cause;
			}
			throw new IOException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted");
		}
	}

	@Override
	public void sync() throws IOException {
		awaitSync();
		this.file.sync();
	}

	@Override
	public boolean tryLock() throws IOException {
		return this.file.tryLock();
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}

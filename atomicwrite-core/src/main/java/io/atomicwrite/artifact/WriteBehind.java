package io.atomicwrite.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.isolation.DaemonCalls;
import org.jspecify.annotations.Nullable;

/**
 * A staging file that is written out while it is written: the disk works while content
 * comes, little is left for the last sync, and the memory of the machine does not fill
 * with what has to be written. A signal ends a process only after the wait for the disk
 * that it is in, so that must never be a long one.
 */
final class WriteBehind implements FileHandle {

	/**
	 * How much is written out at once: a fraction of a second's work for most disks, and
	 * enough not to count its fixed cost.
	 */
	private static final int STEP = 16 << 20;

	private final FileHandle file;

	private int pending;

	private @Nullable FutureTask<@Nullable Void> step;

	WriteBehind(FileHandle file) {
		this.file = file;
	}

	@Override
	public void write(ByteBuffer bytes) throws IOException {
		int end = bytes.limit();
		try {
			for (int from = bytes.position(); from < end; from = bytes.limit()) {
				int length = Math.min(end - from, STEP - this.pending);
				bytes.limit(from + length).position(from);
				this.file.write(bytes);
				this.pending += length;
				if (this.pending == STEP) {
					awaitStep();
					beginStep();
				}
			}
		}
		finally {
			bytes.limit(end);
		}
	}

	private void beginStep() {
		FutureTask<@Nullable Void> task = new FutureTask<>(() -> {
			// the last sync makes it durable: until then the journal need not know
			this.file.writeOut();
			return null;
		});
		this.pending = 0;
		this.step = task;
		DaemonCalls.start("atomicwrite-write-behind", task);
	}

	/**
	 * Waits for the disk, as a sync of the calling thread would, which no interrupt ends.
	 * A failure stays one for good: the kernel reports it once, and a later sync would
	 * succeed without the data ({@code fsync(2)}).
	 */
	private void awaitStep() throws IOException {
		boolean interrupted = false;
		try {
			while (this.step != null) {
				try {
					this.step.get();
					return;
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof IOException cause) {
				throw cause;
			}
			throw new IOException(ex.getCause());
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public void startWriteback() throws IOException {
		this.file.startWriteback();
	}

	@Override
	public void writeOut() throws IOException {
		awaitStep();
		this.file.writeOut();
	}

	@Override
	public void sync() throws IOException {
		awaitStep();
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

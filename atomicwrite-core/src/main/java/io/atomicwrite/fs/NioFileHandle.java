package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * An open file over an {@link AsynchronousFileChannel} whose tasks run in the calling
 * thread: the one channel of the JDK that takes a mode at its creation, syncs, locks, and
 * is not closed by an interrupt.
 */
final class NioFileHandle implements FileHandle {

	/**
	 * The most that is handed to the JDK at once: it copies heap buffers into a hidden
	 * direct one of the same size and keeps that for each thread.
	 */
	private static final int SLICE = 64 * 1024;

	private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

	private static final ExecutorService CALLER = new CallingThread();

	private final AsynchronousFileChannel channel;

	private final boolean readOnly;

	private long position;

	NioFileHandle(AsynchronousFileChannel channel, boolean readOnly) {
		this.channel = channel;
		this.readOnly = readOnly;
	}

	static AsynchronousFileChannel open(Path file, int mode, OpenOption... options) throws IOException {
		return open(file, mode, Set.of(options));
	}

	static AsynchronousFileChannel open(Path file, int mode, Set<OpenOption> options) throws IOException {
		FileAttribute<?>[] attributes = (mode < 0) ? NO_ATTRIBUTES : new FileAttribute<?>[] { permissions(mode) };
		return AsynchronousFileChannel.open(file, options, CALLER, attributes);
	}

	static DirectoryHandle directory(AsynchronousFileChannel channel) {
		return new DirectoryHandle() {

			@Override
			public void sync() throws IOException {
				channel.force(true);
			}

			@Override
			public void close() throws IOException {
				channel.close();
			}

		};
	}

	private static FileAttribute<Set<PosixFilePermission>> permissions(int mode) {
		Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
		PosixFilePermission[] fromOwnerRead = PosixFilePermission.values();
		for (int bit = 0; bit < fromOwnerRead.length; bit++) {
			if ((mode & (0400 >> bit)) != 0) {
				permissions.add(fromOwnerRead[bit]);
			}
		}
		return PosixFilePermissions.asFileAttribute(permissions);
	}

	@Override
	public void write(ByteBuffer bytes) throws IOException {
		int limit = bytes.limit();
		try {
			while (bytes.position() < limit) {
				bytes.limit(Math.min(limit, bytes.position() + SLICE));
				this.position += write(this.channel, bytes, this.position);
			}
		}
		finally {
			bytes.limit(limit);
		}
	}

	static int write(AsynchronousFileChannel channel, ByteBuffer bytes, long position) throws IOException {
		return await(channel.write(bytes, position));
	}

	/**
	 * Takes the result of a task, which has run by now, whatever the interrupt flag says.
	 */
	static int await(Future<Integer> task) throws IOException {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return task.get();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (ExecutionException ex) {
			throw asIoException(ex.getCause());
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static IOException asIoException(@Nullable Throwable cause) {
		if (cause instanceof IOException ex) {
			// the one that was thrown carries this stack already: tasks run in this
			// thread
			return ex;
		}
		if (cause instanceof Error error) {
			throw error;
		}
		return new IOException(cause);
	}

	@Override
	public void sync() throws IOException {
		this.channel.force(true);
	}

	@Override
	public boolean tryLock() throws IOException {
		try {
			// only a shared lock can be taken through a descriptor that only reads
			return tryLock(this.channel, this.readOnly) != null;
		}
		catch (OverlappingFileLockException ex) {
			// this JVM holds it through another descriptor
			return false;
		}
	}

	/**
	 * Tries to lock the whole file. The JDK asks for that which file is open, and takes
	 * it for impossible that this fails; over a network it does, where the file was
	 * deleted meanwhile.
	 */
	static @Nullable FileLock tryLock(AsynchronousFileChannel channel, boolean shared) throws IOException {
		try {
			return channel.tryLock(0, Long.MAX_VALUE, shared);
		}
		catch (AssertionError ex) {
			if (ex.getCause() instanceof IOException cause) {
				throw cause;
			}
			throw ex;
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	/**
	 * Runs each task in the thread that submits it.
	 */
	private static final class CallingThread extends AbstractExecutorService {

		@Override
		public void execute(Runnable task) {
			task.run();
		}

		@Override
		public void shutdown() {
			// has nothing to shut down
		}

		@Override
		public List<Runnable> shutdownNow() {
			return List.of();
		}

		@Override
		public boolean isShutdown() {
			return false;
		}

		@Override
		public boolean isTerminated() {
			return false;
		}

		@Override
		public boolean awaitTermination(long timeout, TimeUnit unit) {
			return true;
		}

	}

}

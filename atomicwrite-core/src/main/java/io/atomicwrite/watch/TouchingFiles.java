package io.atomicwrite.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;
import org.jspecify.annotations.Nullable;

/**
 * The file operations of one thread, of which others see for which path it waits. Touches
 * no filesystem that keeps another thread waiting.
 */
final class TouchingFiles extends ForwardingFileOps {

	private final SilentMounts silent;

	private volatile @Nullable Touch touch;

	TouchingFiles(FileOps delegate, SilentMounts silent) {
		super(delegate);
		this.silent = silent;
	}

	/** What the thread waits for, or {@code null} if for nothing. */
	@Nullable Touch touch() {
		return this.touch;
	}

	@Override
	public @Nullable FileStat stat(Path path) throws IOException {
		begin(new Touch(path, false));
		try {
			return super.stat(path);
		}
		finally {
			this.touch = null;
		}
	}

	@Override
	public FileStat.@Nullable Kind kind(Path path) throws IOException {
		begin(new Touch(path, false));
		try {
			return super.kind(path);
		}
		finally {
			this.touch = null;
		}
	}

	@Override
	public Path readLink(Path link) throws IOException {
		return touching(new Touch(link, false), () -> super.readLink(link));
	}

	@Override
	public Mount mount(Path canonical) throws IOException {
		return touching(new Touch(canonical, false), () -> super.mount(canonical));
	}

	/**
	 * Reads a file, but not more than a limit.
	 * @param file the file
	 * @param size its size as far as it is known
	 * @param limit the largest number of bytes to read
	 * @return the bytes, which are the whole content if they are fewer than the limit
	 * @throws IOException if it can't be read
	 */
	byte[] read(Path file, long size, int limit) throws IOException {
		return touching(new Touch(file, false), () -> {
			try (InputStream in = openRead(file)) {
				byte[] bytes = new byte[(int) Math.min(size + 1, limit)];
				int length = in.readNBytes(bytes, 0, bytes.length);
				if (length < bytes.length || length == limit) {
					return Arrays.copyOf(bytes, length);
				}
				// files of /proc are longer than their size
				byte[] rest = in.readNBytes(limit - length);
				byte[] all = Arrays.copyOf(bytes, length + rest.length);
				System.arraycopy(rest, 0, all, length, rest.length);
				return all;
			}
		});
	}

	/** Makes a registration, which keeps more than this thread waiting. */
	<T> T registering(Path directory, Call<T> call) throws IOException {
		return touching(new Touch(directory, true), call);
	}

	private void begin(Touch next) {
		this.silent.require(next.path());
		this.touch = next;
	}

	private <T> T touching(Touch next, Call<T> call) throws IOException {
		begin(next);
		try {
			return call.make();
		}
		finally {
			this.touch = null;
		}
	}

	/**
	 * A call on a file.
	 *
	 * @param <T> what it returns
	 */
	@FunctionalInterface
	interface Call<T> {

		T make() throws IOException;

	}

	/**
	 * What a thread waits for.
	 *
	 * @param path the path
	 * @param registration whether it waits for a registration
	 */
	record Touch(Path path, boolean registration) {
	}

}

package io.atomicwrite.mounted;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * Reads a file over and over while it is replaced, and counts what it saw.
 */
final class Watcher implements Callable<@Nullable Void> {

	private static final int HEAD = Integer.BYTES;

	private static final int LONGEST = 200_000;

	private final Path file;

	private final CountDownLatch started;

	private volatile boolean stopped;

	/** Written by one thread alone. */
	private volatile int changes;

	Watcher(Path file, CountDownLatch started) {
		this.file = file;
		this.started = started;
	}

	void stop() {
		this.stopped = true;
	}

	int changes() {
		return this.changes;
	}

	@Override
	public @Nullable Void call() throws IOException {
		int last = -1;
		while (!this.stopped) {
			int number = numberOf(Files.readAllBytes(this.file));
			if (number < last) {
				throw new AssertionError(number + " seen after " + last);
			}
			if (number != last) {
				this.changes++;
			}
			last = number;
			this.started.countDown();
		}
		return null;
	}

	/** A content that tells its number at the start, in its length and by every byte. */
	static byte[] content(int number) {
		byte[] bytes = new byte[HEAD + number * 7919 % LONGEST];
		Arrays.fill(bytes, (byte) number);
		ByteBuffer.wrap(bytes).putInt(number);
		return bytes;
	}

	static int numberOf(byte[] content) {
		if (content.length < HEAD) {
			throw new AssertionError("torn: " + content.length + " bytes");
		}
		int number = ByteBuffer.wrap(content).getInt();
		if (!Arrays.equals(content, content(number))) {
			throw new AssertionError("torn or mixed: " + content.length + " bytes of number " + number);
		}
		return number;
	}

	/**
	 * A reader that has read the first byte and reads the rest later, once.
	 *
	 * @param stream the open file
	 * @param first the first byte
	 * @param number what it holds
	 */
	record Slow(InputStream stream, int first, int number) implements AutoCloseable {

		static Slow open(Path file, int number) throws IOException {
			InputStream stream = Files.newInputStream(file);
			return new Slow(stream, stream.read(), number);
		}

		void requireWhole() throws IOException {
			byte[] rest = this.stream.readAllBytes();
			int found = numberOf(ByteBuffer.allocate(rest.length + 1).put((byte) this.first).put(rest).array());
			if (found != this.number) {
				throw new AssertionError(found + " in an open file that held " + this.number);
			}
		}

		@Override
		public void close() throws IOException {
			this.stream.close();
		}

	}

}

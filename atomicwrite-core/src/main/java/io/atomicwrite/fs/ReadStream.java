package io.atomicwrite.fs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A stream of what was read, which a close can't take back: nothing is lost by an error
 * of close(2) on a file that was opened for reading only. Reads what is no regular file
 * as well: the JDK goes by size and position, but a FIFO has no position
 * ({@code lseek(2)}), and a file of {@code /proc} reports a size of 0.
 */
final class ReadStream extends FilterInputStream {

	private static final int SKIPPED_AT_ONCE = 8 * 1024;

	ReadStream(InputStream in) {
		super(in);
	}

	/** Whether the JDK knows how much is left to read. */
	private boolean isSized() {
		return available() > 0;
	}

	@Override
	public int available() {
		try {
			return this.in.available();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	@Override
	public byte[] readAllBytes() throws IOException {
		return isSized() ? this.in.readAllBytes() : super.readAllBytes();
	}

	@Override
	public byte[] readNBytes(int length) throws IOException {
		return isSized() ? this.in.readNBytes(length) : super.readNBytes(length);
	}

	@Override
	public long transferTo(OutputStream out) throws IOException {
		return isSized() ? this.in.transferTo(out) : super.transferTo(out);
	}

	@Override
	public long skip(long count) throws IOException {
		if (isSized()) {
			return this.in.skip(count);
		}
		long left = Math.max(count, 0);
		byte[] skipped = new byte[(int) Math.min(left, SKIPPED_AT_ONCE)];
		for (int read = 0; left > 0 && read >= 0; left -= Math.max(read, 0)) {
			read = read(skipped, 0, (int) Math.min(left, skipped.length));
		}
		return Math.max(count, 0) - left;
	}

	@Override
	public void close() {
		try {
			super.close();
		}
		catch (IOException ex) {
			// whatever was to be had from it was read
		}
	}

}

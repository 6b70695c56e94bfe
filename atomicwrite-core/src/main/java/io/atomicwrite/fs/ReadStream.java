package io.atomicwrite.fs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A stream of what was read, which a close can't take back: nothing is lost by an error
 * of close(2) on a file that was opened for reading only.
 */
final class ReadStream extends FilterInputStream {

	ReadStream(InputStream in) {
		super(in);
	}

	@Override
	public byte[] readAllBytes() throws IOException {
		return this.in.readAllBytes();
	}

	@Override
	public byte[] readNBytes(int length) throws IOException {
		return this.in.readNBytes(length);
	}

	@Override
	public long transferTo(OutputStream out) throws IOException {
		return this.in.transferTo(out);
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

package io.atomicwrite.core;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Takes the content of a staging file, small writes gathered in a buffer. Remembers the
 * first failure, because whoever produces the content may hide it.
 */
final class StagingOutput extends OutputStream {

	private static final int BUFFER = 8 * 1024;

	private final PendingWrite write;

	private byte @Nullable [] buffer;

	private int count;

	private @Nullable IOException failure;

	StagingOutput(PendingWrite write) {
		this.write = write;
	}

	@Override
	public void write(int b) throws IOException {
		byte[] gathered = buffer();
		if (this.count == gathered.length) {
			flush();
		}
		gathered[this.count++] = (byte) b;
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		if (length >= BUFFER) {
			flush();
			drain(ByteBuffer.wrap(bytes, offset, length));
			return;
		}
		byte[] gathered = buffer();
		if (length > gathered.length - this.count) {
			flush();
		}
		System.arraycopy(bytes, offset, gathered, this.count, length);
		this.count += length;
	}

	/** Takes what the buffer has without a copy, whatever its size. */
	void write(ByteBuffer bytes) throws IOException {
		flush();
		drain(bytes);
	}

	/** Hands on what was gathered; syncs nothing. */
	@Override
	public void flush() throws IOException {
		if (this.count > 0) {
			int gathered = this.count;
			this.count = 0;
			drain(ByteBuffer.wrap(buffer(), 0, gathered));
		}
	}

	@Override
	public void close() throws IOException {
		flush();
	}

	private void drain(ByteBuffer bytes) throws IOException {
		IOException before = this.failure;
		if (before != null) {
			throw before;
		}
		try {
			this.write.write(bytes);
		}
		catch (IOException ex) {
			this.failure = ex;
			throw ex;
		}
	}

	private byte[] buffer() {
		byte[] gathered = this.buffer;
		if (gathered == null) {
			gathered = new byte[BUFFER];
			this.buffer = gathered;
		}
		return gathered;
	}

	@Nullable IOException failure() {
		return this.failure;
	}

}

package io.atomicwrite.core;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Takes the content of a staging file, small writes gathered in a buffer. Remembers the
 * first failure, because whoever produces the content may hide it. A close does no more
 * than a flush, so that a library may close what it was given.
 */
final class StagingOutput extends OutputStream {

	private static final int BUFFER = 8 * 1024;

	private final PendingWrite write;

	private byte @Nullable [] buffer;

	private int count;

	private @Nullable IOException failure;

	private volatile boolean ended;

	StagingOutput(PendingWrite write) {
		this.write = write;
	}

	@Override
	public void write(int b) throws IOException {
		requireOpen();
		byte[] gathered = buffer();
		if (this.count == gathered.length) {
			flush();
		}
		gathered[this.count++] = (byte) b;
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		requireOpen();
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
		requireOpen();
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
		if (!this.ended) {
			flush();
		}
	}

	/** From now on nothing more can be written. */
	void end() {
		this.ended = true;
	}

	private void requireOpen() throws IOException {
		if (this.ended) {
			throw new IOException("the write to " + this.write.target().path()
					+ " was committed or discarded; nothing more can be written to it");
		}
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

package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Passes every call on to another open file, as {@link ForwardingFileOps} does for file
 * operations. Extend it to observe calls, or to let chosen ones fail. As safe for use by
 * threads as the other file.
 */
public abstract class ForwardingFileHandle implements FileHandle {

	private final FileHandle delegate;

	/**
	 * Creates a file that passes on to another.
	 * @param delegate the other
	 */
	protected ForwardingFileHandle(FileHandle delegate) {
		this.delegate = delegate;
	}

	@Override
	public void write(ByteBuffer bytes) throws IOException {
		this.delegate.write(bytes);
	}

	@Override
	public void startWriteback() throws IOException {
		this.delegate.startWriteback();
	}

	@Override
	public void writeOut() throws IOException {
		this.delegate.writeOut();
	}

	@Override
	public void sync() throws IOException {
		this.delegate.sync();
	}

	@Override
	public boolean tryLock() throws IOException {
		return this.delegate.tryLock();
	}

	@Override
	public void close() throws IOException {
		this.delegate.close();
	}

}

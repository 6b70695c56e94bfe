package io.atomicwrite.core;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.lang.ref.Cleaner;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A write whose content the caller produces step by step. Nothing is visible before
 * {@link #commit()}; closing without it discards. Holds the lease of the target
 * meanwhile. Not for concurrent use.
 *
 * <pre class="code">
 * try (StagedWrite out = template.open(path)) {
 *     export.writeTo(out);
 *     out.commit();
 * }
 * </pre>
 */
public final class StagedWrite extends OutputStream {

	private final WriteProtocol protocol;

	private final PendingWrite write;

	private final StagingOutput out;

	private final Cleaner.Cleanable leak;

	private @Nullable Writer writer;

	private boolean ended;

	StagedWrite(WriteProtocol protocol, PendingWrite write, Cleaner cleaner) {
		this.protocol = protocol;
		this.write = write;
		this.out = new StagingOutput(write);
		this.leak = cleaner.register(this, write::discardLeaked);
	}

	/**
	 * Returns the file that the commit will replace or create.
	 * @return its path, links resolved
	 */
	public Path target() {
		return this.write.target().path();
	}

	@Override
	public void write(int b) throws IOException {
		this.out.write(b);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		this.out.write(bytes, offset, length);
	}

	/**
	 * Writes what a buffer has, from its position to its limit. A direct one is not
	 * copied.
	 * @param bytes the buffer, whose position is its limit afterwards
	 * @throws IOException if they can't be written
	 */
	public void write(ByteBuffer bytes) throws IOException {
		this.out.write(bytes);
	}

	/**
	 * Hands gathered bytes to the operating system; makes nothing visible and syncs
	 * nothing.
	 */
	@Override
	public void flush() throws IOException {
		this.out.flush();
	}

	/**
	 * Returns a writer for text. One encoder serves the whole text; a character that the
	 * charset does not have is an error, at the latest at the commit.
	 * @param charset the charset
	 * @return the writer, which need not be closed
	 */
	public Writer writer(Charset charset) {
		if (this.writer != null) {
			throw new IllegalStateException("a writer was handed out before");
		}
		OutputStream staging = this.out;
		Writer text = new OutputStreamWriter(staging,
				charset.newEncoder()
					.onMalformedInput(CodingErrorAction.REPORT)
					.onUnmappableCharacter(CodingErrorAction.REPORT));
		this.writer = text;
		return text;
	}

	/**
	 * Makes the content the target, durably. Whatever fails, no staging file is left.
	 * @return what became of the write
	 * @throws io.atomicwrite.AtomicWriteException if the commit failed
	 * @throws IllegalStateException if it was committed, discarded or closed before
	 */
	public WriteResult commit() {
		if (this.ended) {
			throw new IllegalStateException("the write to " + this.write.target().path() + " has ended already");
		}
		this.ended = true;
		try {
			finishContent();
			return this.protocol.commit(this.write);
		}
		finally {
			this.leak.clean();
		}
	}

	private void finishContent() {
		try {
			if (this.writer != null) {
				this.writer.close();
			}
			this.out.flush();
		}
		catch (IOException ex) {
			throw this.write
				.fail((this.out.failure() != null) ? ex : WriteErrors.noContent(this.write.target().path(), ex));
		}
		IOException hidden = this.out.failure();
		if (hidden != null) {
			throw this.write.fail(hidden);
		}
	}

	/**
	 * Gives the write up; the old target stands. Does nothing once it has ended.
	 */
	public void discard() {
		this.ended = true;
		this.write.discard();
		this.leak.clean();
	}

	/**
	 * Discards what was not committed.
	 */
	@Override
	public void close() {
		discard();
	}

}

package io.atomicwrite.core;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.Objects;

import io.atomicwrite.isolation.DaemonCalls;
import org.jspecify.annotations.Nullable;

/**
 * A write whose content the caller produces step by step. Nothing is visible before
 * {@link #commit()}; closing without it discards. Holds the lease of the target
 * meanwhile. Not thread-safe, except that {@link #discard()} may be called by any thread.
 *
 * <pre class="code">
 * try (StagedWrite staged = template.open(path)) {
 *     mapper.writeValue(staged.output(), export);
 *     staged.commit();
 * }
 * </pre>
 */
public final class StagedWrite implements AutoCloseable {

	private static final Cleaner CLEANER = Cleaner.create();

	private final WriteProtocol protocol;

	private final PendingWrite write;

	private final StagingOutput out;

	private final Cleaner.Cleanable leak;

	private @Nullable StagedText text;

	private volatile boolean ended;

	StagedWrite(WriteProtocol protocol, PendingWrite write) {
		this.protocol = protocol;
		this.write = write;
		this.out = new StagingOutput(write);
		this.leak = CLEANER.register(this, () -> discardLeaked(write));
	}

	/**
	 * Returns the file that the commit will replace or create.
	 * @return its path, links resolved
	 */
	public Path target() {
		return this.write.target().path();
	}

	/**
	 * Returns the stream that takes the content. Closing it flushes it and does nothing
	 * else, so a library may close what it was given; more can be written afterwards.
	 * Flushing makes nothing visible and syncs nothing.
	 * @return the stream, the same each time; it throws an {@link IOException} once this
	 * write was committed or discarded
	 */
	public OutputStream output() {
		return this.out;
	}

	/**
	 * Writes the bytes of a buffer from its position to its limit, after what
	 * {@link #output()} has taken. A direct buffer is not copied.
	 * @param bytes the buffer, whose position is its limit afterwards
	 * @throws IOException if they can't be written, or this write was committed or
	 * discarded
	 */
	public void write(ByteBuffer bytes) throws IOException {
		this.out.write(Objects.requireNonNull(bytes, "the buffer is null; nothing was written"));
	}

	/**
	 * Returns a writer for text. One encoder serves the whole text; a character that the
	 * charset does not have is an error, at the latest at the commit. Closing the writer
	 * flushes it and does nothing else. Text and bytes may alternate if the writer is
	 * flushed before bytes follow.
	 * @param charset the charset
	 * @return the writer, the same each time
	 * @throws IllegalStateException if there is a writer with another charset
	 */
	public Writer writer(Charset charset) {
		StagedText known = this.text;
		if (known == null) {
			known = new StagedText(this.out, charset);
			this.text = known;
		}
		else if (!known.charset.equals(charset)) {
			throw new IllegalStateException("the text of " + target() + " is written in " + known.charset
					+ " and can't change to " + charset + " half-way");
		}
		return known;
	}

	/**
	 * Makes the content the target, durably. Whatever fails, no staging file is left.
	 * @return the result of the write
	 * @throws io.atomicwrite.AtomicWriteException if the commit failed
	 * @throws IllegalStateException if it was committed, discarded or closed before
	 */
	public WriteResult commit() {
		if (this.ended) {
			throw new IllegalStateException(
					"the write to " + target() + " was committed or discarded before; open another");
		}
		this.ended = true;
		try {
			finishContent();
			return this.protocol.commit(this.write);
		}
		finally {
			this.out.end();
			this.leak.clean();
		}
	}

	private void finishContent() {
		try {
			if (this.text != null) {
				this.text.finish();
			}
			this.out.flush();
		}
		catch (IOException ex) {
			throw this.write
				.fail((this.out.failure() != null) ? ex : WriteErrors.noContent(this.write.target().path(), ex));
		}
		catch (RuntimeException | Error ex) {
			throw this.write.fail(ex);
		}
		IOException hidden = this.out.failure();
		if (hidden != null) {
			throw this.write.fail(hidden);
		}
	}

	/**
	 * All writes share one cleaner, so that one whose filesystem hangs must not stop it.
	 */
	private static void discardLeaked(PendingWrite write) {
		if (!write.hasEnded()) {
			DaemonCalls.start("atomicwrite-discard", write::discardLeaked);
		}
	}

	/**
	 * Gives the write up; the old target stands. Does nothing once it has ended.
	 */
	public void discard() {
		this.ended = true;
		this.out.end();
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

	/** Text that whoever was given the writer can't close: more may follow. */
	private static final class StagedText extends FilterWriter {

		private final Charset charset;

		StagedText(OutputStream staging, Charset charset) {
			super(new OutputStreamWriter(staging,
					charset.newEncoder()
						.onMalformedInput(CodingErrorAction.REPORT)
						.onUnmappableCharacter(CodingErrorAction.REPORT)));
			this.charset = charset;
		}

		@Override
		public void close() throws IOException {
			flush();
		}

		/** Ends the text: half of a surrogate pair is an error now. */
		void finish() throws IOException {
			this.out.close();
		}

	}

}

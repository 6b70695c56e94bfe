package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;

/**
 * A file that is open to be read as a stream. One open file is one content: a write that
 * is committed meanwhile replaces the file and does not change what is read here. Not
 * thread-safe.
 *
 * <pre class="code">
 * try (OpenFile file = template.openRead(path)) {
 *     response.setContentLengthLong(file.size());
 *     file.input().transferTo(response.getOutputStream());
 * }
 * </pre>
 */
public final class OpenFile implements AutoCloseable {

	private final Path path;

	private final InputStream input;

	private final long size;

	private OpenFile(Path path, InputStream input, long size) {
		this.path = path;
		this.input = input;
		this.size = size;
	}

	/**
	 * Creates one over a stream, for implementations of {@link ReadOperations} and for
	 * tests.
	 * @param path the file
	 * @param input its content, which is closed with it
	 * @param size the number of bytes of that content
	 * @return the open file
	 */
	public static OpenFile of(Path path, InputStream input, long size) {
		return new OpenFile(path, input, size);
	}

	/**
	 * Returns the file.
	 * @return its path, absolute
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Returns the size of the content that is read here.
	 * @return the number of bytes
	 */
	public long size() {
		return this.size;
	}

	/**
	 * Returns the content from where it was read up to.
	 * @return the stream, the same each time; closing it closes the file
	 */
	public InputStream input() {
		return this.input;
	}

	/**
	 * Returns a reader of the content as text. Bytes that are no text in the charset are
	 * a {@link java.nio.charset.CharacterCodingException}, never a question mark. Reads
	 * ahead, so it is the only one to read from here on.
	 * @param charset the charset
	 * @return the reader; closing it closes the file
	 */
	public Reader reader(Charset charset) {
		return new InputStreamReader(this.input,
				charset.newDecoder()
					.onMalformedInput(CodingErrorAction.REPORT)
					.onUnmappableCharacter(CodingErrorAction.REPORT));
	}

	/**
	 * Closes the file. Never fails: nothing can be lost by it.
	 */
	@Override
	public void close() {
		try {
			this.input.close();
		}
		catch (IOException ex) {
			// opened for reading only: nothing can be lost by it
		}
	}

}

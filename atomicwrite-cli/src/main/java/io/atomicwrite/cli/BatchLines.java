package io.atomicwrite.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

import io.atomicwrite.core.BatchFile;
import io.atomicwrite.core.ContentWriter;
import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Grammar;
import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * The files that a list names, one JSON object a line. A list up to 16 MiB is read and
 * checked before the first file is written, a larger one as its files are asked for. For
 * one pass and one thread.
 */
final class BatchLines implements Iterable<BatchFile>, Iterator<BatchFile> {

	private static final int LONGEST_LINE = 64 * 1024 * 1024;

	private static final int BUFFER = 64 * 1024;

	private static final Grammar JSON = Grammar.json(FormatLimits.defaults().withSize(LONGEST_LINE), false);

	private final InputStream in;

	/** Lists up to this size are checked as a whole before the first file is written. */
	private static final long AHEAD = 16L * 1024 * 1024;

	private final Deque<BatchFile> ahead = new ArrayDeque<>();

	private long number;

	private long size;

	private boolean begun;

	private Optional<BatchFile> next = Optional.empty();

	BatchLines(Input input) {
		this.in = new BufferedInputStream(input.stream(), BUFFER);
	}

	@Override
	public Iterator<BatchFile> iterator() {
		while (this.size <= AHEAD && read()) {
			this.ahead.add(this.next.orElseThrow());
			this.next = Optional.empty();
		}
		this.begun = true;
		return this;
	}

	@Override
	public boolean hasNext() {
		return !this.ahead.isEmpty() || read();
	}

	private boolean read() {
		try {
			boolean ended = false;
			while (this.next.isEmpty() && !ended) {
				byte[] line = line();
				ended = line == null;
				if (line != null && !new String(line, StandardCharsets.UTF_8).isBlank()) {
					this.next = Optional.of(file(line));
				}
			}
			return this.next.isPresent();
		}
		catch (IOException ex) {
			throw wrong("can't be read: " + ex.getMessage());
		}
	}

	@Override
	public BatchFile next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		if (!this.ahead.isEmpty()) {
			return this.ahead.remove();
		}
		BatchFile file = this.next.orElseThrow();
		this.next = Optional.empty();
		return file;
	}

	private byte @Nullable [] line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int read = this.in.read();
		if (read < 0) {
			return null;
		}
		this.number++;
		while (read >= 0 && read != '\n') {
			if (line.size() >= LONGEST_LINE) {
				throw wrong("is longer than " + LONGEST_LINE + " bytes; name a source");
			}
			line.write(read);
			read = this.in.read();
		}
		this.size += line.size();
		return line.toByteArray();
	}

	private BatchFile file(byte[] line) {
		try {
			if (JSON.read(line).tree() instanceof Map<?, ?> tree && tree.get("path") instanceof String path) {
				return BatchFile.of(FileName.parse(path), content(tree));
			}
		}
		catch (MalformedContentException | IllegalArgumentException ex) {
			throw wrong("is no JSON object with a path and a content");
		}
		throw wrong("has no path");
	}

	private ContentWriter content(Map<?, ?> tree) {
		if (tree.get("content") instanceof String text) {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			return (out) -> out.write(bytes);
		}
		if (tree.get("base64") instanceof String encoded) {
			byte[] bytes = Base64.getDecoder().decode(encoded);
			return (out) -> out.write(bytes);
		}
		if (tree.get("source") instanceof String source) {
			Path file = FileName.parse(source);
			return (out) -> {
				try (InputStream from = FileOps.system().openRead(file)) {
					from.transferTo(out);
				}
			};
		}
		throw wrong("has neither content nor base64 nor source");
	}

	private Failure wrong(String what) {
		return Failure.of("", "line " + this.number + " of the list " + what,
				(this.begun ? "files of earlier lines may be written" : "nothing was written")
						+ "; correct the line and run it again");
	}

}

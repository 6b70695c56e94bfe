package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

import io.atomicwrite.core.BatchFile;

/**
 * The files of an archive up to one that is too large to be kept in memory, which ends
 * this batch: its content is read when it is written, and before the next file is looked
 * at. For one thread.
 */
final class TarFiles implements Iterable<BatchFile>, Iterator<BatchFile> {

	/** There are 128 of them in memory at a time. */
	private static final int SMALL = 256 * 1024;

	/** What is to be all or nothing is read before it is written. */
	private static final long MOST_TOGETHER = 64L * 1024 * 1024;

	private final TarEntries entries;

	private final Path directory;

	private final boolean together;

	private long size;

	private Optional<TarEntries.Entry> next = Optional.empty();

	private boolean ended;

	TarFiles(TarEntries entries, Path directory, boolean together) {
		this.entries = entries;
		this.directory = directory;
		this.together = together;
	}

	@Override
	public Iterator<BatchFile> iterator() {
		return this;
	}

	@Override
	public boolean hasNext() {
		look();
		return this.next.isPresent() && this.next.get().size() <= SMALL;
	}

	@Override
	public BatchFile next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		TarEntries.Entry entry = this.next.orElseThrow();
		this.next = Optional.empty();
		try {
			return BatchFile.of(target(entry), this.entries.content().readAllBytes());
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	/** Returns the file that has ended a batch, empty at the end of the archive. */
	Optional<BatchFile> large() {
		look();
		Optional<TarEntries.Entry> found = this.next;
		this.next = Optional.empty();
		return found.map((entry) -> BatchFile.of(target(entry), (out) -> this.entries.content().transferTo(out)));
	}

	private Path target(TarEntries.Entry entry) {
		return this.directory.resolve(FileName.parse(entry.path()));
	}

	private void look() {
		if (this.ended || this.next.isPresent()) {
			return;
		}
		try {
			this.next = this.entries.next();
			this.ended = this.next.isEmpty();
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
		this.next.ifPresent((entry) -> {
			this.size += entry.size();
			if (this.together && (entry.size() > SMALL || this.size > MOST_TOGETHER)) {
				throw Failure.of("", "the archive is too large for --all-or-nothing, from " + entry.path() + " on",
						"nothing was written; use it for files up to 256 KiB, 64 MiB in all, or publish a directory");
			}
		});
	}

	private static Failure unreadable(IOException cause) {
		return Failure.of("", "the archive can't be read: " + cause.getMessage(), null);
	}

}

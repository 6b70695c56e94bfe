package io.atomicwrite.document;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decides when the last valid content is saved: a second after it was noted, so that a
 * burst of changes costs one copy, and at once when something bad takes its place or the
 * document is closed. Thread-safe.
 */
final class GoodKeeper {

	static final long DELAY_MILLIS = 1000;

	private final LastGood good;

	private final DaemonThreads threads;

	private final DocumentFile file;

	private final DocumentEvents events;

	private final AtomicBoolean scheduled = new AtomicBoolean();

	GoodKeeper(LastGood good, DaemonThreads threads, DocumentFile file, DocumentEvents events) {
		this.good = good;
		this.threads = threads;
		this.file = file;
		this.events = events;
	}

	/** Notes content that is valid and that the file holds. */
	void note(GoodCopy content) {
		if (this.good.note(content) && this.scheduled.compareAndSet(false, true)) {
			this.threads.executeLater(this::saveScheduled, DELAY_MILLIS);
		}
	}

	private void saveScheduled() {
		this.scheduled.set(false);
		save();
	}

	/** Saves what was noted. A copy that can't be made fails nothing else. */
	void save() {
		try {
			this.good.save();
		}
		catch (IOException ex) {
			this.events.lastGoodNotKept(this.file.path(), ex);
		}
		catch (RuntimeException ex) {
			this.events.lastGoodNotKept(this.file.path(), new IOException(ex));
		}
	}

	/** Returns the last valid content, empty if there is none that can be read. */
	Optional<GoodCopy> read() {
		try {
			return this.good.read();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

}

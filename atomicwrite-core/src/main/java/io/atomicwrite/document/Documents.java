package io.atomicwrite.document;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.atomicwrite.artifact.Tools;
import io.atomicwrite.format.Format;
import io.atomicwrite.watch.FileWatch;
import io.atomicwrite.watch.FileWatcher;
import io.atomicwrite.watch.WatchOptions;
import org.jspecify.annotations.Nullable;

/**
 * The open documents of a template, one for each file. The engine opens documents by it;
 * applications ask their template. Thread-safe.
 */
public final class Documents implements AutoCloseable {

	private final Tools tools;

	private final FileWatcher watcher;

	private final DocumentEvents events;

	private final DaemonThreads threads = new DaemonThreads();

	/** By the names of files, and by the files that they lead to. */
	private final Map<Path, Slot> slots = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * Creates the documents of a template.
	 * @param tools what files are written with
	 * @param watcher watches files; closed with the documents
	 * @param listeners supply the listeners, at each event anew
	 */
	public Documents(Tools tools, FileWatcher watcher,
			List<? extends Supplier<? extends List<? extends DocumentListener>>> listeners) {
		this.tools = tools;
		this.watcher = watcher;
		this.events = new DocumentEvents(listeners);
	}

	/**
	 * Opens the document of a file, or returns it if it is open.
	 * @param file the file
	 * @param format its format
	 * @param options what it holds and how it behaves
	 * @param <T> the type of the value
	 * @return the document
	 * @throws IllegalStateException if it is open with other options, or the documents
	 * are closed
	 */
	public <T> AtomicDocument<T> open(DocumentFile file, Format format, DocumentOptions<T> options) {
		while (true) {
			if (this.closed) {
				throw new IllegalStateException("the template is closed; " + file.path() + " was not opened");
			}
			Slot slot = slot(file);
			synchronized (slot) {
				if (!slot.abandoned) {
					return open(slot, file, format, options);
				}
			}
		}
	}

	private Slot slot(DocumentFile file) {
		Slot byName = this.slots.get(file.path());
		if (byName != null) {
			return byName;
		}
		Slot slot = this.slots.computeIfAbsent(file.canonical(), (path) -> new Slot());
		Slot other = this.slots.putIfAbsent(file.path(), slot);
		return (other != null) ? other : slot;
	}

	@SuppressWarnings("unchecked")
	private <T> AtomicDocument<T> open(Slot slot, DocumentFile file, Format format, DocumentOptions<T> options) {
		LiveDocument<?> open = slot.document;
		if (open != null) {
			DocumentOptions<?> openOptions = slot.options;
			if (openOptions == null || !options.equals(openOptions)) {
				throw new IllegalStateException(file.path()
						+ " is open as a document with other options; use the same ones, or close it first");
			}
			return (AtomicDocument<T>) open;
		}
		try {
			LiveDocument<T> document = create(slot, file, format, options);
			slot.document = document;
			slot.options = options;
			this.events.opened(document);
			return document;
		}
		finally {
			if (slot.document == null) {
				abandon(slot);
			}
		}
	}

	private void abandon(Slot slot) {
		slot.abandoned = true;
		this.slots.values().removeIf((other) -> other == slot);
	}

	private <T> LiveDocument<T> create(Slot slot, DocumentFile file, Format format, DocumentOptions<T> options) {
		DocumentCodec<T> codec = DocumentCodec.of(file.path(), format, options, this.tools.clock());
		Executor executor = options.executor().orElse(this.threads);
		Lane<T> lane = new Lane<>(executor, this.threads,
				(failure) -> this.events.listenerFailed(file.path(), failure));
		GoodKeeper good = new GoodKeeper(new LastGood(this.tools, file, options), this.threads, file, this.events);
		SettledReads reads = new SettledReads(file, options, this.tools.clock());
		Held<T> first = new Opening<>(file, codec, options, reads, good, this.tools.clock()).open();
		Holder<T> holder = new Holder<>(file, codec, options, this.tools.clock(), lane, this.events, good, first);
		FileWatch watch = this.watcher.watch(file.path(), watching(options), holder::settled);
		first.content().filter((content) -> first.isOfFile()).ifPresent(watch::seen);
		BatchWriter<T> writer = new BatchWriter<>(file, codec, holder, reads,
				new RejectedCopies(this.tools, options.keepRejected()), this.events, watch, options.maxSize());
		ChangeQueue<T> queue = new ChangeQueue<>(file, writer, executor, this.threads);
		Steps<T> steps = new Steps<>(file, codec);
		LiveDocument<T> document = new LiveDocument<>(file, options, steps, holder, queue, lane, reads, good, watch,
				(closed) -> closed(slot, closed));
		first.state().problem().ifPresent((problem) -> this.events.problem(file.path(), problem));
		return document;
	}

	private static WatchOptions watching(DocumentOptions<?> options) {
		return new WatchOptions(options.watch(), options.quietPeriod(), options.pollInterval(), options.maxSize());
	}

	private void closed(Slot slot, LiveDocument<?> document) {
		synchronized (slot) {
			slot.document = null;
			abandon(slot);
		}
		this.events.closed(document);
	}

	/**
	 * Closes all documents, and the watcher.
	 */
	@Override
	public void close() {
		this.closed = true;
		RuntimeException failure = null;
		for (Slot slot : new HashSet<>(this.slots.values())) {
			try {
				close(slot);
			}
			catch (RuntimeException ex) {
				failure = ex;
			}
		}
		this.watcher.close();
		if (failure != null) {
			throw failure;
		}
	}

	private static void close(Slot slot) {
		LiveDocument<?> document;
		synchronized (slot) {
			document = slot.document;
		}
		if (document != null) {
			document.close();
		}
	}

	/** The place of the document of one file; guarded by itself. */
	private static final class Slot {

		private @Nullable LiveDocument<?> document;

		private @Nullable DocumentOptions<?> options;

		private boolean abandoned;

	}

}

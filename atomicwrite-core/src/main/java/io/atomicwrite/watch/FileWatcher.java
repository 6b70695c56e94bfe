package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;

/**
 * Watches any number of files with one watch service of the operating system and two
 * daemon threads, which are started by the first watch and ended by {@link #close()}.
 * Events are hints: what is reported depends on what is found at the path, whoever
 * changed it and in which way. Thread-safe.
 */
public final class FileWatcher implements AutoCloseable {

	private static final int READ_ATTEMPTS = 10;

	private final LongSupplier clock;

	private final SilentMounts silent;

	private final FileOps files;

	private final Schedule schedule;

	private final EventFeed feed;

	private final WatchThreads threads;

	private boolean started;

	private boolean closed;

	FileWatcher(FileOps files, LongSupplier clock) {
		this.files = files;
		this.clock = clock;
		this.silent = new SilentMounts(files);
		this.schedule = new Schedule(clock);
		this.feed = new EventFeed(files, clock, (task) -> this.schedule.request(task, true));
		this.threads = new WatchThreads(this.feed, this::looker);
	}

	/**
	 * Creates a watcher. Nothing is started or opened before the first watch.
	 * @param files the file operations
	 * @return the watcher
	 */
	public static FileWatcher create(FileOps files) {
		long origin = System.nanoTime();
		return new FileWatcher(files, () -> System.nanoTime() - origin);
	}

	/**
	 * Begins to watch a file, which need not exist. Its first settled state is reported
	 * as well, unless {@link FileWatch#seen(byte[])} has made it known.
	 * @param file the path of the file; links are followed at each look
	 * @param options how to watch it
	 * @param listener is invoked for each settled state
	 * @return the watch
	 * @throws IllegalStateException if the watcher is closed
	 */
	public FileWatch watch(Path file, WatchOptions options, WatchListener listener) {
		start();
		return prepare(file, options, listener);
	}

	/** Begins a watch whose looks are made by {@link #round()}. */
	FileWatch prepare(Path file, WatchOptions options, WatchListener listener) {
		WatchedFile watched = new WatchedFile(file, options, listener, this.schedule, this.feed, this.clock);
		watched.begin();
		return watched;
	}

	private synchronized void start() {
		if (this.closed) {
			throw new IllegalStateException("The watcher is closed.");
		}
		if (!this.started) {
			this.threads.start();
			this.started = true;
		}
	}

	private Looker looker() {
		return new Looker(this.schedule, this.silent, new TouchingFiles(this.files, this.silent), this.clock);
	}

	/** Passes on the events that have come, and makes the looks that are due. */
	void round() throws InterruptedException {
		this.feed.pump(Duration.ZERO);
		for (Task task = this.schedule.poll(); task != null; task = this.schedule.poll()) {
			looker().look(task);
		}
	}

	Schedule schedule() {
		return this.schedule;
	}

	EventFeed feed() {
		return this.feed;
	}

	/**
	 * Reads a file at once in the calling thread, without waiting for it to settle:
	 * between two equal signatures, so that no change during the read goes unnoticed.
	 * @param file the path of the file; links are followed
	 * @param maxSize the size in bytes above which it is not read
	 * @return what was found; {@link Look.Unreadable} if the file changes at each try
	 */
	public Look look(Path file, int maxSize) {
		TouchingFiles touching = new TouchingFiles(this.files, new SilentMounts(this.files));
		try {
			for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
				FileState before = state(touching, file);
				Look look = Reading.read(touching, before, maxSize);
				if (isStill(touching, file, before)) {
					return look;
				}
			}
			return new Look.Unreadable(new IOException(file + " changes while it is read"));
		}
		catch (IOException ex) {
			return new Look.Unreadable(ex);
		}
	}

	private static FileState state(FileOps files, Path file) throws IOException {
		return FileState.of(ChainWalk.end(files, file.toAbsolutePath()));
	}

	/**
	 * A file that the path leads to no more was read in the state of the first look, if
	 * it has not changed.
	 */
	private static boolean isStill(FileOps files, Path file, FileState before) throws IOException {
		Signature signature = before.signature();
		if (signature == null) {
			return state(files, file).equals(before);
		}
		FileStat now = files.stat(signature.file());
		return now != null && now.isRegular() && Signature.of(signature.file(), now).equals(signature);
	}

	/**
	 * Returns the signature of a file now, in the calling thread.
	 * @param file the path of the file; links are followed
	 * @return its signature; empty if it is missing
	 * @throws IOException if the file can't be looked at
	 */
	public Optional<Signature> signature(Path file) throws IOException {
		FileState state = state(this.files, file);
		if (state.cause() != null) {
			throw state.cause();
		}
		return Optional.ofNullable(state.signature());
	}

	/**
	 * Ends all watches, the threads and the watch service. Waits for a few seconds at
	 * most, and not at all when a listener calls it.
	 */
	@Override
	public void close() {
		boolean running;
		synchronized (this) {
			this.closed = true;
			running = this.started;
		}
		this.schedule.close();
		this.feed.close();
		if (running) {
			this.threads.close();
		}
	}

}

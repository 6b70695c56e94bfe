package io.atomicwrite.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A file watched in earnest, whose looks a test takes one by one.
 */
final class Watched implements AutoCloseable {

	private static final long PATIENCE_SECONDS = 30;

	private final BlockingQueue<String> looks = new LinkedBlockingQueue<>();

	private final FileWatch watch;

	Watched(FileWatcher watcher, Path file) {
		this(watcher, file, WatchOptions.defaults());
	}

	Watched(FileWatcher watcher, Path file, WatchOptions options) {
		this.watch = watcher.watch(file, options, (look) -> this.looks.add(WatchStage.text(look)));
	}

	FileWatch watch() {
		return this.watch;
	}

	/** Waits for the next look. */
	String next() {
		try {
			String look = this.looks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
			if (look == null) {
				throw new AssertionError("nothing was reported; " + this.watch.status());
			}
			return look;
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	/** Waits for a look, and returns those before it. */
	List<String> until(String expected) {
		List<String> before = new ArrayList<>();
		String next = next();
		while (!next.equals(expected)) {
			before.add(next);
			next = next();
		}
		return before;
	}

	/** Returns what comes within some time, or {@code null} if nothing does. */
	@Nullable String within(Duration limit) {
		try {
			return this.looks.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Override
	public void close() {
		this.watch.close();
	}

}

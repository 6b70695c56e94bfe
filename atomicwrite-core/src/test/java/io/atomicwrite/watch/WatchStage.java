package io.atomicwrite.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.fs.DirectoryEvents;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * A watcher without threads, over real files, with a clock and events of the test's own.
 */
final class WatchStage implements AutoCloseable {

	private final List<FakeEvents> sources = new ArrayList<>();

	private final FileWatcher watcher;

	private final List<String> looks = new ArrayList<>();

	private long now;

	private int reads;

	private @Nullable String refusal;

	WatchStage() {
		this(FileOps.system());
	}

	WatchStage(FileOps files) {
		this.watcher = new FileWatcher(new Files(files), () -> this.now);
	}

	FileWatcher watcher() {
		return this.watcher;
	}

	FileWatch watch(Path file) {
		return watch(file, WatchOptions.defaults());
	}

	FileWatch watch(Path file, WatchOptions options) {
		return watch(file, options, (look) -> {
		});
	}

	FileWatch watch(Path file, WatchOptions options, WatchListener listener) {
		return this.watcher.prepare(file, options, (look) -> {
			this.looks.add(text(look));
			listener.settled(look);
		});
	}

	static String text(Look look) {
		if (look instanceof Look.Content content) {
			return new String(content.bytes(), StandardCharsets.UTF_8);
		}
		return (look instanceof Look.TooLarge large) ? "TOO LARGE " + large.size()
				: (look instanceof Look.Unreadable unreadable) ? "UNREADABLE " + unreadable.cause().getMessage()
						: "MISSING";
	}

	/** The source of events that is open. */
	FakeEvents events() {
		return this.sources.get(this.sources.size() - 1);
	}

	int sources() {
		return this.sources.size();
	}

	/** What was reported since the last call. */
	List<String> looks() {
		List<String> all = List.copyOf(this.looks);
		this.looks.clear();
		return all;
	}

	/** How often a file was opened since the last call. */
	int reads() {
		int all = this.reads;
		this.reads = 0;
		return all;
	}

	/** Lets no source of events be opened. */
	void refuse(@Nullable String reason) {
		this.refusal = reason;
	}

	/** Lets time pass, in which each look is made when it is due. */
	WatchStage pass(long millis) {
		long end = this.now + Duration.ofMillis(millis).toNanos();
		round();
		while (this.watcher.schedule().next() <= end) {
			this.now = Math.max(this.now, this.watcher.schedule().next());
			round();
		}
		this.now = end;
		round();
		return this;
	}

	private void round() {
		try {
			this.watcher.round();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.watcher.close();
	}

	private final class Files extends ForwardingFileOps {

		private Files(FileOps delegate) {
			super(delegate);
		}

		@Override
		public InputStream openRead(Path file) throws IOException {
			WatchStage.this.reads++;
			return super.openRead(file);
		}

		@Override
		public DirectoryEvents directoryEvents() throws IOException {
			if (WatchStage.this.refusal != null) {
				throw new IOException(WatchStage.this.refusal);
			}
			FakeEvents source = new FakeEvents();
			WatchStage.this.sources.add(source);
			return source;
		}

	}

}

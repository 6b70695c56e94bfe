package io.atomicwrite.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.atomicwrite.isolation.DaemonCalls;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a watcher: one waits for events and supervises, one looks at files. Only
 * while looks hang are there more, one for each, up to a limit. All are daemons.
 */
final class WatchThreads {

	/** Beyond this number of looks that hang no other file is looked at. */
	static final int MAX_LATE = 16;

	private static final Duration TICK = Duration.ofSeconds(1);

	private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

	private final EventFeed feed;

	private final Supplier<Looker> lookers;

	private final List<Thread> late = new ArrayList<>();

	private final Thread supervisor = DaemonCalls.thread("atomicwrite-watch", this::supervise);

	private @Nullable Looker looker;

	private @Nullable Thread lookerThread;

	private volatile boolean closed;

	WatchThreads(EventFeed feed, Supplier<Looker> lookers) {
		this.feed = feed;
		this.lookers = lookers;
	}

	/** Starts what is not running yet; may be called again if it has failed. */
	synchronized void start() {
		if (this.supervisor.getState() == Thread.State.NEW) {
			this.supervisor.start();
		}
		if (this.looker == null) {
			replaceLooker();
		}
	}

	private void supervise() {
		while (!this.closed) {
			try {
				this.feed.pump(TICK);
				judge();
			}
			catch (InterruptedException ex) {
				// closed, or meant for somebody else
			}
			catch (Throwable ex) {
				// the next event and the next tick come all the same
			}
		}
	}

	private synchronized void judge() {
		this.late.removeIf((thread) -> !thread.isAlive());
		Looker current = this.looker;
		Thread thread = this.lookerThread;
		if (this.closed || current == null || thread == null || this.late.size() >= MAX_LATE) {
			return;
		}
		Looker.Verdict verdict = current.judge();
		if (verdict != Looker.Verdict.FINE) {
			this.late.add(thread);
		}
		// also one that could not be replaced before
		if (current.isRetired() || !thread.isAlive()) {
			replaceLooker();
		}
		if (verdict == Looker.Verdict.LATE_REGISTRATION) {
			this.feed.abandon("the registration of a directory does not end");
		}
	}

	private synchronized void replaceLooker() {
		Looker next = this.lookers.get();
		this.lookerThread = DaemonCalls.start("atomicwrite-watch-poll", next);
		this.looker = next;
	}

	/** Ends the threads, and waits for them unless one of them calls this. */
	void close() {
		List<Thread> all;
		synchronized (this) {
			this.closed = true;
			all = new ArrayList<>(this.late);
			if (this.lookerThread != null) {
				all.add(this.lookerThread);
			}
		}
		this.supervisor.interrupt();
		all.add(this.supervisor);
		if (!all.contains(Thread.currentThread())) {
			DaemonCalls.join(all, CLOSE_LIMIT);
		}
	}

}

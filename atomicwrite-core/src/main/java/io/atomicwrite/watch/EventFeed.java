package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.atomicwrite.fs.DirectoryEvents;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.isolation.DaemonCalls;
import org.jspecify.annotations.Nullable;

/**
 * The one source of events of a watcher: opened when a file first wants it, and opened
 * again some time after it failed. Without it files are polled. Thread-safe.
 */
final class EventFeed {

	/** After this time something that was refused is tried again. */
	static final long RETRY_NANOS = Duration.ofSeconds(30).toNanos();

	private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

	private final FileOps files;

	private final LongSupplier clock;

	private final Consumer<Task> hint;

	private @Nullable Registrations current;

	private @Nullable String reason;

	private long retryAt;

	private boolean closed;

	EventFeed(FileOps files, LongSupplier clock, Consumer<Task> hint) {
		this.files = files;
		this.clock = clock;
		this.hint = hint;
	}

	/** Opens the source unless it is open, or has just failed. */
	synchronized @Nullable Registrations open() {
		if (this.current == null && !this.closed && this.clock.getAsLong() >= this.retryAt) {
			try {
				this.current = new Registrations(this.files.directoryEvents());
				this.reason = null;
				notifyAll();
			}
			catch (IOException | UnsupportedOperationException ex) {
				refuse("events are not available: "
						+ ((ex instanceof IOException io) ? IoErrors.text(io) : ex.toString()));
			}
		}
		return this.current;
	}

	synchronized @Nullable Registrations current() {
		return this.current;
	}

	/** Returns why there are no events, if there are none although they are wanted. */
	synchronized Optional<String> reason() {
		return Optional.ofNullable(this.reason);
	}

	private synchronized void refuse(String why) {
		this.current = null;
		this.reason = why;
		this.retryAt = this.clock.getAsLong() + RETRY_NANOS;
	}

	/**
	 * Waits for one event and asks for the looks that it calls for.
	 * @param limit the longest time to wait
	 * @throws InterruptedException if the thread is interrupted
	 */
	void pump(Duration limit) throws InterruptedException {
		Registrations registrations = await(limit);
		if (registrations == null) {
			return;
		}
		try {
			DirectoryEvents.Event event = registrations.events().next(limit);
			if (event != null) {
				registrations.concerned(event).forEach(this.hint);
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			abandon(registrations, "events ended: " + ex);
		}
	}

	private synchronized @Nullable Registrations await(Duration limit) throws InterruptedException {
		if (this.current == null && !limit.isZero()) {
			wait(Math.max(1, limit.toMillis()));
		}
		return this.current;
	}

	/** Gives up the source, which may hang, and has all its files looked at. */
	void abandon(String why) {
		Registrations registrations = current();
		if (registrations != null) {
			abandon(registrations, why);
		}
	}

	private void abandon(Registrations registrations, String why) {
		synchronized (this) {
			if (this.current != registrations) {
				return;
			}
			refuse(why);
		}
		Set<Task> tasks = registrations.all();
		end(registrations);
		tasks.forEach(this.hint);
	}

	private static void end(Registrations registrations) {
		DaemonCalls.run("atomicwrite-watch-close", List.of(() -> close(registrations.events())), CLOSE_LIMIT);
	}

	private static void close(DirectoryEvents events) {
		try {
			events.close();
		}
		catch (IOException ex) {
			// nobody uses it any more
		}
	}

	/** Ends the events of a task for directories other than the given ones. */
	void retain(Task task, Map<Path, Chain.Place> wanted) {
		Registrations registrations = current();
		if (registrations != null) {
			registrations.retain(task, wanted.keySet());
		}
	}

	void close() {
		Registrations registrations;
		synchronized (this) {
			this.closed = true;
			registrations = this.current;
			this.current = null;
			notifyAll();
		}
		if (registrations != null) {
			end(registrations);
		}
	}

}

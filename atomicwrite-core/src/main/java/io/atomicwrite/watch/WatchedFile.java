package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * One watched file: each look follows the path anew, lets the file settle, reads it, and
 * reports what is news. Looks are made by one thread at a time.
 */
final class WatchedFile implements FileWatch, Task.Subject {

	private static final Task.Next NEVER = new Task.Next(Task.NEVER, false);

	private final WatchOptions options;

	private final WatchListener listener;

	private final LongSupplier clock;

	private final Schedule schedule;

	private final Task task;

	private final Coverage coverage;

	private final Path file;

	private final Settling settling;

	private final Knowledge knowledge = new Knowledge();

	private final AtomicLong failedCalls = new AtomicLong();

	private volatile boolean closed;

	private volatile long lookSince = Task.NEVER;

	WatchedFile(Path file, WatchOptions options, WatchListener listener, Schedule schedule, EventFeed feed,
			LongSupplier clock) {
		this.file = file.toAbsolutePath();
		this.options = options;
		this.listener = listener;
		this.schedule = schedule;
		this.clock = clock;
		this.task = schedule.create(this);
		this.coverage = new Coverage(options, feed, this.task, clock);
		this.settling = new Settling(options.quietPeriod());
	}

	void begin() {
		if (this.options.mode() != WatchMode.OFF) {
			check();
		}
	}

	@Override
	public Task.Next look(TouchingFiles files, boolean hinted) {
		if (this.closed) {
			this.coverage.end();
			return NEVER;
		}
		this.lookSince = this.clock.getAsLong();
		try {
			return step(files, hinted) ? new Task.Next(this.settling.quietUntil(), true) : routine();
		}
		catch (NoAnswerException ex) {
			this.coverage.silent(String.valueOf(ex.getMessage()));
			return routine();
		}
		finally {
			this.lookSince = Task.NEVER;
		}
	}

	private Task.Next routine() {
		long interval = this.coverage.intervalNanos();
		return (interval == Task.NEVER) ? NEVER : new Task.Next(this.clock.getAsLong() + interval, false);
	}

	/** Returns whether the file is settling. */
	private boolean step(TouchingFiles files, boolean hinted) {
		FileState state = state(files);
		return switch (this.settling.observe(state, this.clock.getAsLong(), hinted)) {
			case WAIT -> true;
			case NOTHING -> false;
			// the end of a hold asks for a look
			case READ -> !this.knowledge.isHeld() && read(files, state);
		};
	}

	private FileState state(TouchingFiles files) {
		try {
			return FileState.of(this.coverage.follow(files, this.file));
		}
		catch (IOException ex) {
			return FileState.of(ex);
		}
	}

	private boolean read(TouchingFiles files, FileState state) {
		long generation = this.knowledge.generation();
		long began = this.clock.getAsLong();
		Look look = Reading.read(files, state, this.options.maxSize());
		FileState after = state(files);
		if (!after.equals(state)) {
			this.settling.observe(after, this.clock.getAsLong(), false);
			return true;
		}
		// what could not be read is read again at the next look
		if (!(look instanceof Look.Unreadable) || state.cause() != null) {
			this.settling.read(began);
		}
		return switch (this.knowledge.learn(generation, Reading.describe(look))) {
			case KNOWN -> false;
			case NEW -> {
				report(look);
				yield false;
			}
			case OUTDATED -> {
				this.settling.restart();
				this.settling.observe(after, this.clock.getAsLong(), false);
				yield true;
			}
		};
	}

	private void report(Look look) {
		if (this.closed) {
			return;
		}
		try {
			this.listener.settled(look);
		}
		catch (Throwable ex) {
			// errors too: a class that the listener misses must not end the watch
			this.failedCalls.incrementAndGet();
		}
	}

	@Override
	public void check() {
		this.schedule.request(this.task, true);
	}

	@Override
	public void seen(byte[] content) {
		this.knowledge.seen(Reading.digest(content));
	}

	@Override
	public Hold hold() {
		this.knowledge.hold();
		AtomicBoolean open = new AtomicBoolean(true);
		return () -> {
			if (open.compareAndSet(true, false)) {
				this.knowledge.release();
				check();
			}
		};
	}

	@Override
	public WatchStatus status() {
		long since = this.lookSince;
		boolean silent = since != Task.NEVER && this.clock.getAsLong() - since > Looker.PATIENCE_NANOS;
		Optional<String> late = silent ? Optional.of("a look or a listener has not ended yet") : Optional.empty();
		return this.coverage.status(late, this.failedCalls.get());
	}

	@Override
	public void close() {
		this.closed = true;
		// what it has registered is given up by the thread that looks
		this.schedule.request(this.task, false);
	}

}

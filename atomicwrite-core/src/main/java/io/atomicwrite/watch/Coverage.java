package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * By what changes of one file are noticed: follows its path, keeps the directories on the
 * way registered, and knows how often to poll besides.
 */
final class Coverage {

	private static final Duration FAST_POLL = Duration.ofSeconds(1);

	/** A path whose directories are replaced at each of them is looked at later. */
	private static final int ATTEMPTS = 3;

	private final WatchOptions options;

	private final EventFeed feed;

	private final Task task;

	private final LongSupplier clock;

	private Set<Path> registered = Set.of();

	private long refusedUntil;

	private @Nullable String refusal;

	private volatile Known known;

	Coverage(WatchOptions options, EventFeed feed, Task task, LongSupplier clock) {
		this.options = options;
		this.feed = feed;
		this.task = task;
		this.clock = clock;
		this.known = new Known(false, options.pollInterval(), Optional.empty());
	}

	/**
	 * Follows the path, so that each later change gives an event where there are some.
	 */
	Chain follow(TouchingFiles files, Path file) throws IOException {
		Chain chain = ChainWalk.follow(files, file);
		Ground ground = Ground.of(files, chain);
		if (this.options.mode() == WatchMode.AUTO) {
			for (int attempt = 0; attempt < ATTEMPTS && register(ground.registrable(), files); attempt++) {
				chain = ChainWalk.follow(files, file);
				ground = Ground.of(files, chain);
			}
			retain(ground.registrable());
		}
		this.known = assess(chain, ground);
		return chain;
	}

	/** Returns whether the path has to be followed again. */
	private boolean register(Map<Path, Chain.Place> directories, TouchingFiles files) {
		Registrations registrations = this.feed.open();
		if (registrations == null || this.clock.getAsLong() < this.refusedUntil) {
			return false;
		}
		try {
			this.refusal = null;
			return registrations.add(this.task, directories, files);
		}
		catch (IOException ex) {
			this.refusal = "a directory can't be watched: " + IoErrors.text(ex);
			this.refusedUntil = this.clock.getAsLong() + EventFeed.RETRY_NANOS;
			return false;
		}
	}

	private void retain(Map<Path, Chain.Place> directories) {
		if (!this.registered.equals(directories.keySet())) {
			this.feed.retain(this.task, directories);
			this.registered = Set.copyOf(directories.keySet());
		}
	}

	private Known assess(Chain chain, Ground ground) {
		Registrations registrations = this.feed.current();
		boolean events = this.options.mode() == WatchMode.AUTO && registrations != null && ground.covers(chain)
				&& registrations.covers(ground.registrable().keySet());
		boolean slow = ground.complete() && (events || this.options.mode() != WatchMode.AUTO);
		Duration interval = (slow || this.options.pollInterval().compareTo(FAST_POLL) < 0) ? this.options.pollInterval()
				: FAST_POLL;
		Optional<String> reason = (events || this.options.mode() != WatchMode.AUTO) ? Optional.empty()
				: Optional.ofNullable(this.refusal)
					.or(this.feed::reason)
					.or(() -> Optional.of("the filesystem reports no changes that are made elsewhere"));
		return new Known(events, interval, reason);
	}

	/** Notes that the filesystem does not answer. */
	void silent(String reason) {
		this.known = new Known(this.known.events, this.known.interval, Optional.of(reason));
	}

	/** How often to look, {@link Task#NEVER} if only on request. */
	long intervalNanos() {
		return (this.options.mode() == WatchMode.OFF) ? Task.NEVER : this.known.interval.toNanos();
	}

	WatchStatus status(Optional<String> late, long failedCalls) {
		Known now = this.known;
		Duration interval = (this.options.mode() == WatchMode.OFF) ? Duration.ZERO : now.interval;
		return new WatchStatus(now.events, interval, late.or(() -> now.reason), failedCalls);
	}

	/** Gives up what is registered. */
	void end() {
		this.feed.retain(this.task, Map.of());
		this.registered = Set.of();
	}

	private record Known(boolean events, Duration interval, Optional<String> reason) {
	}

}

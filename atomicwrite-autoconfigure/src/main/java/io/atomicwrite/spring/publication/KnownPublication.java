package io.atomicwrite.spring.publication;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublicationListener;
import io.atomicwrite.publication.PublicationMove;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.spring.PublicationMovedEvent;
import org.jspecify.annotations.Nullable;

/**
 * One publication and what is known of it. A move of {@code latest} is reported once,
 * whoever made it and however it is noticed. Thread-safe.
 */
final class KnownPublication implements PublicationListener {

	private final String name;

	private final Path path;

	private final InstantSource clock;

	private final Consumer<PublicationMovedEvent> events;

	/** Looks follow each other, so that the last one to end has seen the most. */
	private final ReentrantLock looking = new ReentrantLock();

	private volatile PublicationState state = PublicationState.UNKNOWN;

	/** What the last event, or the first look, has said. */
	private @Nullable Optional<String> latest;

	/** What a look has found from before a move is no news. */
	private long moves;

	KnownPublication(String name, Path path, InstantSource clock, Consumer<PublicationMovedEvent> events) {
		this.name = name;
		this.path = path;
		this.clock = clock;
		this.events = events;
	}

	String name() {
		return this.name;
	}

	Path path() {
		return this.path;
	}

	/** Returns what the last look has found. Does no I/O. */
	PublicationState state() {
		return this.state;
	}

	/** Looks, and reports a move that is found. */
	void look(Publication publication) {
		this.looking.lock();
		try {
			long since = moves();
			List<PublishedVersion> found = publication.list();
			Optional<String> now = found.stream()
				.filter(PublishedVersion::latest)
				.map(PublishedVersion::name)
				.findFirst();
			this.state = new PublicationState(Optional.of(this.clock.instant()),
					found.stream()
						.map((version) -> new PublicationState.Version(version, publication.readers(version.name())))
						.toList(),
					now.map(publication::size).orElse(0L), "");
			noticed(now, since);
		}
		catch (RuntimeException ex) {
			this.state = this.state.withProblem(String.valueOf(ex.getMessage()));
		}
		finally {
			this.looking.unlock();
		}
	}

	private synchronized long moves() {
		return this.moves;
	}

	/** The first look has nothing to compare with. */
	private void noticed(Optional<String> now, long since) {
		Optional<String> before;
		synchronized (this) {
			if (this.moves != since) {
				return;
			}
			before = (this.latest != null) ? this.latest : now;
			this.latest = now;
		}
		if (now.isPresent() && !now.equals(before)) {
			this.events.accept(new PublicationMovedEvent(this.name, this.path, before, now.get()));
		}
	}

	@Override
	public void moved(PublicationMove move) {
		Optional<String> now = Optional.of(move.after().name());
		Optional<String> before;
		synchronized (this) {
			before = (this.latest != null) ? this.latest : move.before();
			this.latest = now;
			this.moves++;
		}
		// a look may have been faster
		if (!now.equals(before)) {
			this.events.accept(new PublicationMovedEvent(this.name, this.path, before, move.after().name()));
		}
	}

}

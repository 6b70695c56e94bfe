package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

import io.atomicwrite.fs.DirectoryEvents;
import org.jspecify.annotations.Nullable;

/**
 * Events that a test makes up.
 */
final class FakeEvents implements DirectoryEvents {

	private final Map<Path, FakeKey> keys = new LinkedHashMap<>();

	private final Queue<Event> events = new ArrayDeque<>();

	private @Nullable String refusal;

	private boolean broken;

	private boolean closed;

	private int registrations;

	@Override
	public synchronized Key register(Path directory) throws IOException {
		if (this.refusal != null) {
			throw new IOException(this.refusal);
		}
		this.registrations++;
		FakeKey key = new FakeKey();
		this.keys.put(directory, key);
		return key;
	}

	@Override
	public synchronized @Nullable Event next(Duration limit) throws IOException {
		if (this.broken) {
			throw new IOException("broken");
		}
		return this.events.poll();
	}

	@Override
	public synchronized void close() {
		this.closed = true;
	}

	/** Lets an event come. */
	synchronized void fire(Path directory, String... names) {
		this.events.add(new Event(key(directory), Set.of(names), false));
	}

	synchronized void overflow(Path directory) {
		this.events.add(new Event(key(directory), Set.of(), true));
	}

	/** The directory is deleted. */
	synchronized void invalidate(Path directory) {
		key(directory).cancel();
		this.events.add(new Event(key(directory), Set.of(), false));
	}

	synchronized void refuse(@Nullable String reason) {
		this.refusal = reason;
	}

	synchronized void breakDown() {
		this.broken = true;
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	/** The directories whose keys are valid. */
	synchronized Set<Path> registered() {
		Map<Path, FakeKey> valid = new LinkedHashMap<>(this.keys);
		valid.values().removeIf((key) -> !key.valid);
		return valid.keySet();
	}

	synchronized int registrations() {
		return this.registrations;
	}

	private FakeKey key(Path directory) {
		FakeKey key = this.keys.get(directory);
		if (key == null) {
			throw new IllegalStateException(directory + " is not registered");
		}
		return key;
	}

	private static final class FakeKey implements Key {

		private volatile boolean valid = true;

		@Override
		public boolean isValid() {
			return this.valid;
		}

		@Override
		public void cancel() {
			this.valid = false;
		}

	}

}

package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Events of the watch service of the JDK.
 */
final class NioDirectoryEvents implements DirectoryEvents {

	/** A rename over a file is an ENTRY_CREATE alone. */
	private static final WatchEvent.Kind<?>[] KINDS = { StandardWatchEventKinds.ENTRY_CREATE,
			StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE };

	private final WatchService service;

	NioDirectoryEvents(WatchService service) {
		this.service = service;
	}

	@Override
	public Key register(Path directory) throws IOException {
		try {
			return new NioKey(directory.register(this.service, KINDS));
		}
		catch (ClosedWatchServiceException ex) {
			throw new IOException("the watch service is closed", ex);
		}
	}

	@Override
	public @Nullable Event next(Duration limit) throws InterruptedException, IOException {
		try {
			WatchKey key = this.service.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
			return (key != null) ? event(key) : null;
		}
		catch (ClosedWatchServiceException ex) {
			throw new IOException("the watch service is closed", ex);
		}
	}

	private static Event event(WatchKey key) {
		Set<String> names = new HashSet<>();
		boolean overflow = false;
		for (WatchEvent<?> event : key.pollEvents()) {
			Object name = event.context();
			if (event.kind() == StandardWatchEventKinds.OVERFLOW || name == null) {
				overflow = true;
			}
			else {
				names.add(name.toString());
			}
		}
		key.reset();
		return new Event(new NioKey(key), names, overflow);
	}

	@Override
	public void close() throws IOException {
		this.service.close();
	}

	private record NioKey(WatchKey key) implements Key {

		@Override
		public boolean isValid() {
			return this.key.isValid();
		}

		@Override
		public void cancel() {
			this.key.cancel();
		}

	}

}

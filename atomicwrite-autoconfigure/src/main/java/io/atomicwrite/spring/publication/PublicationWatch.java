package io.atomicwrite.spring.publication;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.isolation.DaemonCalls;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.watch.FileWatcher;
import io.atomicwrite.watch.WatchOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Notices when another process moves {@code latest}, while the application runs. What is
 * watched is the pointer or, behind a link or in a directory, the manifest that it leads
 * to, which is another file after each move. Starts no thread where there are no
 * publications.
 */
public final class PublicationWatch implements SmartLifecycle {

	private static final String MANIFEST = "manifest.json";

	private final Supplier<FileOps> files;

	private final Optional<AtomicPublications> publications;

	private @Nullable FileWatcher watcher;

	/**
	 * Creates an instance.
	 * @param files returns the file operations
	 * @param publications the publications; empty where there are none
	 */
	public PublicationWatch(Supplier<FileOps> files, Optional<AtomicPublications> publications) {
		this.files = files;
		this.publications = publications;
	}

	@Override
	public synchronized void start() {
		if (this.watcher == null && this.publications.isPresent()) {
			AtomicPublications watched = this.publications.get();
			if (!watched.names().isEmpty()) {
				FileWatcher created = FileWatcher.create(this.files.get());
				this.watcher = created;
				watched.names().forEach((name) -> watch(created, watched, name));
			}
		}
	}

	private static void watch(FileWatcher created, AtomicPublications publications, String name) {
		// a look that hangs must keep no other watch
		created.watch(watched(publications.settings(name)), WatchOptions.defaults(),
				(look) -> DaemonCalls.start("atomicwrite-publication-" + name, () -> publications.look(name)));
	}

	private static Path watched(PublicationSettings settings) {
		Path latest = settings.path().resolve(Publication.LATEST);
		return (settings.options().pointer() == PointerKind.FILE) ? latest : latest.resolve(MANIFEST);
	}

	@Override
	public synchronized void stop() {
		FileWatcher stopped = this.watcher;
		this.watcher = null;
		if (stopped != null) {
			stopped.close();
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.watcher != null;
	}

}

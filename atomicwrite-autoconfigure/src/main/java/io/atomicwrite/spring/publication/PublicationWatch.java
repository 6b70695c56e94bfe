package io.atomicwrite.spring.publication;

import java.nio.file.Path;

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

	private final FileOps files;

	private final AtomicPublications publications;

	private @Nullable FileWatcher watcher;

	/**
	 * Creates an instance.
	 * @param files the file operations
	 * @param publications the publications
	 */
	public PublicationWatch(FileOps files, AtomicPublications publications) {
		this.files = files;
		this.publications = publications;
	}

	@Override
	public synchronized void start() {
		if (this.watcher == null && !this.publications.names().isEmpty()) {
			FileWatcher created = FileWatcher.create(this.files);
			this.watcher = created;
			this.publications.names().forEach((name) -> watch(created, name));
		}
	}

	private void watch(FileWatcher created, String name) {
		// a look that hangs must keep no other watch
		created.watch(watched(this.publications.settings(name)), WatchOptions.defaults(),
				(look) -> DaemonCalls.start("atomicwrite-publication-" + name, () -> this.publications.look(name)));
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

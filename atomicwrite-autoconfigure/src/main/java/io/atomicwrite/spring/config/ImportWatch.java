package io.atomicwrite.spring.config;

import java.util.List;
import java.util.Optional;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.watch.FileWatch;
import io.atomicwrite.watch.FileWatcher;
import io.atomicwrite.watch.Look;
import io.atomicwrite.watch.WatchOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Watches the imported files while the application runs. Starts no thread where no file
 * is to be watched.
 */
public final class ImportWatch implements SmartLifecycle {

	private final Optional<Watched> watched;

	private @Nullable FileWatcher watcher;

	/**
	 * Creates an instance that watches nothing.
	 */
	public ImportWatch() {
		this.watched = Optional.empty();
	}

	ImportWatch(FileOps operations, ImportedFiles files, ConfigRefresh refresh) {
		this.watched = Optional
			.of(new Watched(operations, files.all().stream().filter(ImportedFile::isWatched).toList(), refresh));
	}

	@Override
	public synchronized void start() {
		if (this.watcher == null && this.watched.isPresent() && !this.watched.get().files.isEmpty()) {
			// known before anything is watched, so that a stop closes it
			this.watcher = FileWatcher.create(this.watched.get().operations);
			this.watched.get().begin(this.watcher);
		}
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

	private record Watched(FileOps operations, List<ImportedFile> files, ConfigRefresh refresh) {

		void begin(FileWatcher created) {
			this.files.forEach((file) -> watch(created, file));
		}

		private void watch(FileWatcher created, ImportedFile file) {
			FileWatch watch = created.watch(file.file(), WatchOptions.defaults().withMaxSize(ImportReader.MAX_SIZE),
					(look) -> settled(file, look));
			file.loaded().ifPresent(watch::seen);
		}

		private void settled(ImportedFile file, Look look) {
			if (look instanceof Look.Content content) {
				this.refresh.changed(file, content.bytes());
			}
			else if (look instanceof Look.Missing) {
				this.refresh.missing(file);
			}
			else if (look instanceof Look.Unreadable unreadable) {
				this.refresh.rejected(file,
						ImportProblem.unreadable("can't be read: " + IoErrors.text(unreadable.cause())), new byte[0]);
			}
			else if (look instanceof Look.TooLarge large) {
				this.refresh.rejected(file, ImportProblem.unreadable(ImportReader.tooLarge(large.size()).reason()),
						new byte[0]);
			}
		}

	}

}

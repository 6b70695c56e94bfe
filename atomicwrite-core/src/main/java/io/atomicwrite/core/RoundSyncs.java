package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * The directories of one round of a batch: each is opened once, and a sync makes durable
 * what all files of the round have changed by then. For one thread.
 */
final class RoundSyncs implements DirectorySyncs, AutoCloseable {

	private final FileOps files;

	private final Map<Path, Shared> opened = new HashMap<>();

	/** Directories whose names this round has seen become durable. */
	private final Set<Path> durable = new HashSet<>();

	private final Deque<Created> created = new ArrayDeque<>();

	RoundSyncs(FileOps files) {
		this.files = files;
	}

	@Override
	public Entries open(Directory directory, Undo undo) throws IOException {
		return shared(directory);
	}

	private Shared shared(Directory directory) throws IOException {
		Shared known = this.opened.get(directory.path());
		if (known == null) {
			known = new Shared(directory.openSync());
			this.opened.put(directory.path(), known);
		}
		return known;
	}

	@Override
	public void create(Directory above, String name, Undo undo) throws IOException {
		Path directory = above.path(name);
		if (this.durable.contains(directory)) {
			return;
		}
		try {
			above.createDirectory(name);
			this.created.push(new Created(above.path(), name));
		}
		catch (FileAlreadyExistsException ex) {
			// another writer was faster; its sync may still be to come, so ours counts
		}
		Shared entries = shared(above);
		entries.changed();
		entries.sync();
		this.durable.add(directory);
	}

	/** Deletes those of the created directories that are empty, as no file came of it. */
	void dropEmpty() {
		while (!this.created.isEmpty()) {
			Created last = this.created.pop();
			// that of the write is closed by now
			try (Directory above = this.files.open(last.above)) {
				above.delete(last.name);
			}
			catch (IOException ex) {
				// not empty: a file is in it
			}
		}
	}

	@Override
	public void close() {
		for (Shared entries : this.opened.values()) {
			try {
				entries.handle.close();
			}
			catch (IOException ex) {
				// it was opened to be synced; each sync has reported for itself
			}
		}
	}

	private record Created(Path above, String name) {
	}

	/** A sync that failed has failed for all whose changes it was to make durable. */
	private static final class Shared implements Entries {

		private final DirectoryHandle handle;

		private boolean dirty;

		private @Nullable IOException failure;

		Shared(DirectoryHandle handle) {
			this.handle = handle;
		}

		@Override
		public void changed() {
			this.dirty = true;
		}

		@Override
		public void sync() throws IOException {
			if (this.failure != null) {
				throw this.failure;
			}
			if (!this.dirty) {
				return;
			}
			this.dirty = false;
			try {
				this.handle.sync();
			}
			catch (IOException ex) {
				this.failure = ex;
				throw ex;
			}
		}

	}

}

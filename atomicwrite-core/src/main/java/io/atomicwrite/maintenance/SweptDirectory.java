package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;

/**
 * A directory being swept, open until the last of those who use it has released it.
 */
final class SweptDirectory implements AutoCloseable {

	private final Directory directory;

	private int users = 1;

	private boolean changed;

	/** The suffixes, without a dot, that sidecars of backups in this directory have. */
	private final Set<String> backupSidecars = new HashSet<>(0);

	private SweptDirectory(Directory directory) {
		this.directory = directory;
	}

	static SweptDirectory open(FileOps files, Path canonical) throws IOException {
		return new SweptDirectory(files.open(canonical));
	}

	Directory directory() {
		return this.directory;
	}

	Path path() {
		return this.directory.path();
	}

	Path file(String name) {
		return this.directory.path(name);
	}

	/**
	 * Returns whether the path still is the same directory, and was not replaced, for
	 * example by a symbolic link.
	 */
	boolean isStill() throws IOException {
		return this.directory.isUnchanged();
	}

	/** Makes the changes in this directory durable. */
	void sync() throws IOException {
		this.directory.syncEntries();
	}

	void foundBackupSidecar(String suffix) {
		this.backupSidecars.add(suffix);
	}

	Set<String> backupSidecars() {
		return this.backupSidecars;
	}

	void changed() {
		this.changed = true;
	}

	/** Returns whether something was deleted since the last call. */
	boolean takeChanged() {
		boolean was = this.changed;
		this.changed = false;
		return was;
	}

	/** Keeps the directory open for one more user, who closes it. */
	void retain() {
		this.users++;
	}

	@Override
	public void close() throws IOException {
		this.users--;
		if (this.users == 0) {
			this.directory.close();
		}
	}

}

package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;

/**
 * A directory being swept.
 */
final class SweptDirectory {

	private final Path path;

	private final FileStat found;

	private boolean changed;

	/** The suffixes, without a dot, that sidecars of backups in this directory have. */
	private final Set<String> backupSidecars = new HashSet<>(0);

	SweptDirectory(Path path, FileStat found) {
		this.path = path;
		this.found = found;
	}

	Path path() {
		return this.path;
	}

	Path file(String name) {
		return this.path.resolve(name);
	}

	/**
	 * Returns whether the path still is the same directory, and was not replaced, for
	 * example by a symbolic link.
	 */
	boolean isStill(FileOps files) throws IOException {
		FileStat now = files.stat(this.path);
		return now != null && now.kind() == FileStat.Kind.DIRECTORY && now.device() == this.found.device()
				&& now.inode() == this.found.inode();
	}

	/** Makes the changes in this directory durable. */
	void sync(FileOps files) throws IOException {
		try (DirectoryHandle handle = files.openDirectory(this.path)) {
			handle.sync();
		}
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

}

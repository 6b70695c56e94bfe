package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;

/**
 * A directory under a sweep, as it was found.
 */
final class SweptDirectory {

	private final Path path;

	private final FileStat found;

	private boolean changed;

	/** What the names of sidecars of backups that were found here end with. */
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
	 * Whether the path still leads to the directory that was found, and not through a
	 * link that took its place.
	 */
	boolean isStill(FileOps files) throws IOException {
		FileStat now = files.stat(this.path);
		return now != null && now.kind() == FileStat.Kind.DIRECTORY && now.device() == this.found.device()
				&& now.inode() == this.found.inode();
	}

	/** Makes what was done in it durable. */
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

	/** Returns whether something was deleted since this was last asked. */
	boolean takeChanged() {
		boolean was = this.changed;
		this.changed = false;
		return was;
	}

}

package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileOps;

/**
 * Creates the missing directories of a target, and takes them away again if the write
 * fails.
 */
final class Directories {

	private final FileOps files;

	private final List<Path> created = new ArrayList<>(0);

	Directories(FileOps files) {
		this.files = files;
	}

	/**
	 * Creates the directories, each made durable by a sync of the one above it before
	 * anything is put into it: another writer may rely on it as soon as it can be seen.
	 */
	void create(Target target) throws IOException {
		Path above = target.ground();
		for (Path directory : target.missing()) {
			try {
				this.files.createDirectory(directory);
				this.created.add(directory);
			}
			catch (FileAlreadyExistsException ex) {
				// another writer was faster; its sync may still be to come, so ours
				// counts
			}
			sync(this.files, above);
			above = directory;
		}
	}

	static void sync(FileOps files, Path directory) throws IOException {
		try (DirectoryHandle handle = files.openDirectory(directory)) {
			handle.sync();
		}
	}

	/**
	 * Syncs a directory whose changes are about to be called durable. xfs that was shut
	 * down by an error says that each further sync succeeded, and fails any look at it.
	 */
	static void sync(FileOps files, DirectoryHandle handle, Path directory) throws IOException {
		handle.sync();
		files.kind(directory);
	}

	void removeCreated() {
		for (int i = this.created.size() - 1; i >= 0; i--) {
			try {
				this.files.delete(this.created.get(i));
			}
			catch (IOException ex) {
				// not empty: another writer uses it by now
				return;
			}
		}
	}

}

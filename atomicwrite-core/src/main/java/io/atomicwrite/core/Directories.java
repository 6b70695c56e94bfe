package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;

import io.atomicwrite.WriteFailedException;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.DirectoryHandle;

/**
 * Creates the missing directories of a target, before its lease is acquired: the lock
 * file lies beside the target.
 */
final class Directories {

	private Directories() {
	}

	/**
	 * Creates the directories, each made durable by a sync of the one above it before
	 * anything is put into it: another writer may rely on it as soon as it can be seen.
	 * @return the directory of the target, open
	 */
	static Directory create(Target target, Undo undo) throws WriteFailedException {
		Directory directory = target.ground();
		for (String name : target.missing()) {
			try {
				directory = create(directory, name, undo);
			}
			catch (IOException ex) {
				throw WriteErrors.noDirectory(target.path(), directory.path(name), ex);
			}
		}
		return directory;
	}

	private static Directory create(Directory above, String name, Undo undo) throws IOException {
		try {
			above.createDirectory(name);
			undo.unlessCommitted(() -> delete(above, name));
		}
		catch (FileAlreadyExistsException ex) {
			// another writer was faster; its sync may still be to come, so ours counts
		}
		try (DirectoryHandle handle = above.openSync()) {
			handle.sync();
		}
		Directory created = above.open(name);
		undo.always(created::close);
		return created;
	}

	private static void delete(Directory above, String name) {
		try {
			above.delete(name);
		}
		catch (IOException ex) {
			// not empty: another writer uses it by now
		}
	}

}

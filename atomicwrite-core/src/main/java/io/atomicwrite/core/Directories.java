package io.atomicwrite.core;

import java.io.IOException;

import io.atomicwrite.WriteFailedException;
import io.atomicwrite.fs.Directory;

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
	static Directory create(Target target, Undo undo, DirectorySyncs syncs) throws WriteFailedException {
		Directory directory = target.ground();
		for (String name : target.missing()) {
			try {
				directory = create(directory, name, undo, syncs);
			}
			catch (IOException ex) {
				throw WriteErrors.noDirectory(target.path(), directory.path(name), ex);
			}
		}
		return directory;
	}

	private static Directory create(Directory above, String name, Undo undo, DirectorySyncs syncs) throws IOException {
		syncs.create(above, name, undo);
		Directory created = above.open(name);
		undo.always(created::close);
		return created;
	}

}

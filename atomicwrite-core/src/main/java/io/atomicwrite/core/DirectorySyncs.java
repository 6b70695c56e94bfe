package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.DirectoryHandle;

/**
 * How the entries of directories become durable: for each operation by itself, or once
 * for several that change the same directory.
 */
interface DirectorySyncs {

	/** Each operation syncs for itself. */
	DirectorySyncs EACH = new DirectorySyncs() {

		@Override
		public Entries open(Directory directory, Undo undo) throws IOException {
			DirectoryHandle handle = directory.openSync();
			undo.always(handle::close);
			return Entries.of(handle);
		}

		@Override
		public void create(Directory above, String name, Undo undo) throws IOException {
			try {
				above.createDirectory(name);
				undo.unlessCommitted(() -> delete(above, name));
			}
			catch (FileAlreadyExistsException ex) {
				// another writer was faster; its sync may still be to come, so ours
				// counts
			}
			above.syncEntries();
		}

		private void delete(Directory above, String name) {
			try {
				above.delete(name);
			}
			catch (IOException ex) {
				// not empty: another writer uses it by now
			}
		}

	};

	/**
	 * Opens a directory, so that changes of its entries can be made durable.
	 * @param undo closes it, if it is closed with the operation
	 */
	Entries open(Directory directory, Undo undo) throws IOException;

	/** Creates a directory that may exist by now; its name is durable afterwards. */
	void create(Directory above, String name, Undo undo) throws IOException;

	/** The entries of an open directory. */
	interface Entries {

		static Entries of(DirectoryHandle handle) {
			return new Entries() {

				@Override
				public void changed() {
					// each sync is one of the disk
				}

				@Override
				public void sync() throws IOException {
					handle.sync();
				}

			};
		}

		/** An entry was changed. */
		void changed();

		/** Makes all changes so far durable. */
		void sync() throws IOException;

	}

}

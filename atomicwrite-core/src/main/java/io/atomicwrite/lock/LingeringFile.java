package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.LockFile;

/**
 * A lock file that has stayed open after its release, without its lock. Whoever takes it
 * out of {@link LingeringFiles} is the only one to use it.
 *
 * @param locks whose lock it was
 * @param path its path
 * @param file the open file
 * @param entry its entry in the table of this JVM
 * @param shown what the path showed of it at the release
 */
record LingeringFile(HostLocks locks, Path path, LockFile file, JvmLockTable.Entry entry, FileStat shown) {

	FileOps files() {
		return this.locks.files();
	}

	/**
	 * Ends as a release does: deletes the file if nobody else holds its lock, unless lock
	 * files are kept, and closes it.
	 */
	void end() {
		// the file is closed before the entry is: see JvmLockTable
		try (JvmLockTable.Entry opened = this.entry; LockFile open = this.file) {
			if (!this.locks.keepsFiles()) {
				HostLock lock = HostLock.tryLock(files(), this.path, open, this.shown);
				if (lock != null) {
					lock.deleteFile();
				}
			}
		}
		catch (IOException ex) {
			// is left over, as that of a holder that was killed, and as harmless
		}
	}

}

package io.atomicwrite.test.crash;

import java.nio.file.Path;

import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.test.crash.CrashStep.Kind;

/**
 * A directory in memory that is open to be synced.
 */
final class CrashDirectoryHandle implements DirectoryHandle {

	private final Path directory;

	private final CrashFileOps files;

	CrashDirectoryHandle(Path directory, CrashFileOps files) {
		this.directory = directory;
		this.files = files;
	}

	@Override
	public void sync() {
		this.files.step(CrashStep.of(Kind.SYNC_DIRECTORY, this.directory, null, 0));
	}

	@Override
	public void close() {
		// nothing is held
	}

}

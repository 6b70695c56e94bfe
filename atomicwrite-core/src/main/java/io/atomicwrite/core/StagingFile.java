package io.atomicwrite.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * Phase 5: the sibling of the target that is to become it.
 */
final class StagingFile {

	private static final int ATTEMPTS = 5;

	private final FileOps files;

	private final Path path;

	private final FileHandle handle;

	private boolean closed;

	private StagingFile(FileOps files, Path path, FileHandle handle) {
		this.files = files;
		this.path = path;
		this.handle = handle;
	}

	/** Creates a staging file beside what it is to become. */
	static StagingFile create(FileOps files, Path directory, String name, int mode, LongSupplier tokens)
			throws IOException {
		int limit = NameLimit.of(files, directory, name);
		FileAlreadyExistsException taken = null;
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Path path = directory.resolve(ArtifactNames.staging(name, tokens.getAsLong(), limit));
			try {
				return new StagingFile(files, path, files.createExclusive(path, mode));
			}
			catch (FileAlreadyExistsException ex) {
				taken = ex;
			}
		}
		throw new IOException("no free name for the staging file", taken);
	}

	Path path() {
		return this.path;
	}

	/**
	 * Shows other processes that the writer lives, where no lease does. Not every
	 * filesystem has locks; what then is not known to live is not known to be dead.
	 */
	void markAlive() {
		try {
			this.handle.tryLock();
		}
		catch (IOException ex) {
			// no locks here
		}
	}

	void write(ByteBuffer bytes) throws IOException {
		this.handle.write(bytes);
	}

	void sync() throws IOException {
		this.handle.sync();
	}

	void close() throws IOException {
		if (!this.closed) {
			this.closed = true;
			this.handle.close();
		}
	}

	/**
	 * Deletes the staging file.
	 * @return why it could not be deleted, or {@code null} if it is gone
	 */
	@Nullable IOException discard() {
		try {
			close();
		}
		catch (IOException ex) {
			// what could not be written is given up anyway
		}
		try {
			this.files.delete(this.path);
			return null;
		}
		catch (IOException ex) {
			return ex;
		}
	}

}

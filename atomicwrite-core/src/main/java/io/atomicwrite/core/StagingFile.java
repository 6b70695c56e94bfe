package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;

/**
 * Phase 5: the sibling of the target that is to become it.
 */
final class StagingFile {

	private static final int ATTEMPTS = 5;

	private static final int BUFFER = 64 * 1024;

	private final Directory directory;

	private final String name;

	private final FileHandle handle;

	private boolean closed;

	private StagingFile(Directory directory, String name, FileHandle handle) {
		this.directory = directory;
		this.name = name;
		this.handle = handle;
	}

	/** Creates a staging file beside what it is to become. */
	static StagingFile create(Tools tools, Directory directory, String target, int mode) throws IOException {
		int limit = NameLimit.of(tools.files(), directory.path(), target);
		FileAlreadyExistsException taken = null;
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			String name = ArtifactNames.staging(target, tools.tokens().getAsLong(), limit);
			try {
				return new StagingFile(directory, name, directory.createExclusive(name, mode));
			}
			catch (FileAlreadyExistsException ex) {
				taken = ex;
			}
		}
		throw new IOException("no free name for the staging file", taken);
	}

	Directory directory() {
		return this.directory;
	}

	String name() {
		return this.name;
	}

	Path path() {
		return this.directory.path(this.name);
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

	void write(InputStream content) throws IOException {
		byte[] buffer = new byte[BUFFER];
		for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
			this.handle.write(ByteBuffer.wrap(buffer, 0, read));
		}
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

	/** Takes a small content and then another name in the same directory, in one step. */
	void become(String to, byte[] content) throws IOException {
		try {
			// the lease of the target does not speak for the staging file of its sidecar
			markAlive();
			write(ByteBuffer.wrap(content));
			sync();
			close();
			this.directory.rename(this.name, this.directory, to);
		}
		catch (Throwable ex) {
			discard(ex);
			throw ex;
		}
	}

	/** Deletes the staging file; what could not be written is given up anyway. */
	void discard() throws IOException {
		try {
			close();
		}
		catch (IOException ex) {
			// the file goes with it
		}
		this.directory.delete(this.name);
	}

	/** Deletes it after a failure, which gets what goes wrong here. */
	void discard(Throwable failure) {
		try {
			discard();
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
		}
	}

}

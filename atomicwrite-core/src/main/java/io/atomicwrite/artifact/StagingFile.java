package io.atomicwrite.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;

/**
 * Phase 5: the sibling of the target that is to become it.
 */
public final class StagingFile {

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

	/**
	 * Creates a staging file beside what it is to become.
	 * @param tools what names it
	 * @param directory the directory
	 * @param target the name of the file that it is to become
	 * @param mode the permission bits, from which the process's umask is taken away
	 * @return the open staging file
	 * @throws IOException if it can't be created
	 */
	public static StagingFile create(Tools tools, Directory directory, String target, int mode) throws IOException {
		int limit = NameLimit.of(directory, target);
		FileAlreadyExistsException taken = null;
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			String name = ArtifactNames.staging(target, tools.tokens().getAsLong(), limit);
			try {
				return new StagingFile(directory, name, new WriteBehind(directory.createExclusive(name, mode)));
			}
			catch (FileAlreadyExistsException ex) {
				taken = ex;
			}
		}
		throw new IOException("no free name for the staging file", taken);
	}

	/**
	 * Returns the directory in which it lies.
	 * @return the directory
	 */
	public Directory directory() {
		return this.directory;
	}

	/**
	 * Returns its name.
	 * @return the name in the directory
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns its path, for messages.
	 * @return the path
	 */
	public Path path() {
		return this.directory.path(this.name);
	}

	/**
	 * Shows other processes that the writer is alive, where no lease does. Not every
	 * filesystem has locks; a writer that is not known to be alive is not known to be
	 * dead.
	 */
	public void markAlive() {
		try {
			this.handle.tryLock();
		}
		catch (IOException ex) {
			// no locks here
		}
	}

	/**
	 * Writes bytes after those written before.
	 * @param bytes the bytes
	 * @throws IOException if not all of them could be written
	 */
	public void write(ByteBuffer bytes) throws IOException {
		this.handle.write(bytes);
	}

	/**
	 * Writes a stream to its end, in constant memory.
	 * @param content the stream, which is not closed
	 * @throws IOException if it can't be read or written
	 */
	public void write(InputStream content) throws IOException {
		byte[] buffer = new byte[BUFFER];
		for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
			this.handle.write(ByteBuffer.wrap(buffer, 0, read));
		}
	}

	/**
	 * Forces content and metadata to stable storage. Must not be repeated after a
	 * failure.
	 * @throws IOException if the sync failed
	 */
	public void sync() throws IOException {
		this.handle.sync();
	}

	/**
	 * Makes sure that the content is durable before a name that the file gets next. Must
	 * not be repeated after a failure.
	 * @param ordered whether the filesystem keeps the order of changes, so that it is
	 * enough if the disk has the content
	 * @throws IOException if the sync failed, or the content could not be written
	 */
	public void settle(boolean ordered) throws IOException {
		if (ordered) {
			this.handle.writeOut();
		}
		else {
			this.handle.sync();
		}
	}

	/**
	 * Closes the file, and drops the lock of {@link #markAlive}. Does nothing if it is
	 * closed.
	 * @throws IOException if the filesystem reports an error
	 */
	public void close() throws IOException {
		if (!this.closed) {
			this.closed = true;
			this.handle.close();
		}
	}

	/**
	 * Takes a small content and then another name in the same directory, in one step. The
	 * directory is to be synced by the caller. A failure deletes the staging file.
	 * @param to the name of the file that it replaces
	 * @param content the content
	 * @param rights who may access it
	 * @param mask the mode bits that it can have
	 * @throws IOException if it can't be written, synced or renamed
	 */
	public void become(String to, byte[] content, FileRights rights, int mask) throws IOException {
		prepare(content, rights, mask);
		take(to, this::sync, () -> {
		});
	}

	/**
	 * Takes a small content and then another name in the same directory, as a part of an
	 * operation.
	 * @param to the name of the file that it replaces
	 * @param content the content
	 * @param rights who may access it
	 * @param mask the mode bits that it can have
	 * @param scope the operation, whose lease is checked right before the rename
	 * @throws IOException if it can't be written, synced or renamed
	 */
	public void become(String to, byte[] content, FileRights rights, int mask, ChangeScope scope) throws IOException {
		prepare(content, rights, mask);
		take(to, scope);
	}

	/**
	 * Takes a small content, with which the disk may begin. A failure deletes the staging
	 * file.
	 * @param content the content
	 * @param rights who may access it
	 * @param mask the mode bits that it can have
	 * @throws IOException if it can't be written
	 */
	public void prepare(byte[] content, FileRights rights, int mask) throws IOException {
		try {
			// the lease of the target does not speak for the staging file of its sidecar
			markAlive();
			write(ByteBuffer.wrap(content));
			rights.give(this.directory, this.name, mask);
			this.handle.startWriteback();
		}
		catch (Throwable ex) {
			discard(ex);
			throw ex;
		}
	}

	/**
	 * Takes another name in the same directory, which is to be synced by the caller. A
	 * failure deletes the staging file.
	 * @param to the name of the file that it replaces
	 * @param scope the operation, which settles the content, and whose lease is checked
	 * right before the rename
	 * @throws IOException if it can't be synced or renamed
	 */
	public void take(String to, ChangeScope scope) throws IOException {
		take(to, () -> scope.settle(this), scope::ensureHeldIfFenced);
	}

	private void take(String to, ChangeScope.Step settle, ChangeScope.Step look) throws IOException {
		try {
			settle.run();
			close();
			look.run();
			this.directory.rename(this.name, this.directory, to);
		}
		catch (Throwable ex) {
			discard(ex);
			throw ex;
		}
	}

	/**
	 * Deletes the staging file and ignores what could not be written.
	 * @throws IOException if it can't be deleted
	 */
	public void discard() throws IOException {
		try {
			close();
		}
		catch (IOException ex) {
			// the file goes with it
		}
		this.directory.delete(this.name);
	}

	/**
	 * Deletes the staging file after a failure.
	 * @param failure gets an error of the deletion as a suppressed one
	 */
	public void discard(Throwable failure) {
		try {
			discard();
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
		}
	}

}

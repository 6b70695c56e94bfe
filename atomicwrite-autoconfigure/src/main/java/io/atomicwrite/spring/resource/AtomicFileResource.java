package io.atomicwrite.spring.resource;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.spring.directory.ManagedDirectory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.core.io.WritableResource;

/**
 * A file in a managed directory, read and written by the application's
 * {@link AtomicFileOperations}: what these verify is verified, and what they lock, back
 * up and log is so here. No path and no link leads out of the directory. It is no
 * {@link #isFile() file} to Spring, because who reads or writes it as one goes past all
 * of this. Thread-safe.
 *
 * <p>
 * {@link #getOutputStream()} replaces the file when the stream is closed: until then
 * readers see the old content. If a write to the stream or the commit fails, the close
 * fails and the old content stays. A {@code try} block closes the stream too where
 * <em>other</em> code has thrown, and thus commits half of a content: where that may
 * happen, use {@link #open()}, which commits only if asked to.
 */
public final class AtomicFileResource extends AbstractAtomicFileResource implements WritableResource {

	private final ManagedDirectory directory;

	private final Path path;

	private final Supplier<AtomicFileOperations> operations;

	private final Confinement confinement;

	private final Supplier<FileOps> files;

	/**
	 * Creates a resource.
	 * @param directory the directory
	 * @param path the absolute path, normalized
	 * @throws IllegalArgumentException if the path is not one within the directory
	 */
	AtomicFileResource(ManagedDirectory directory, Path path, Supplier<AtomicFileOperations> operations,
			Supplier<FileOps> files) {
		if (!path.startsWith(directory.path()) || path.equals(directory.path())) {
			throw new IllegalArgumentException(
					path + " is not a file in the managed directory '" + directory.name() + "' at " + directory.path());
		}
		this.directory = directory;
		this.path = path;
		this.operations = operations;
		this.files = files;
		this.confinement = new Confinement(directory, path, files);
	}

	/**
	 * Returns the path, for {@link AtomicFileOperations}.
	 * @return the absolute path, links not followed
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Opens a staged write, which is discarded unless it is committed.
	 * @return the write
	 * @throws IOException if it can't be opened, or the file is not in the directory
	 */
	public StagedWrite open() throws IOException {
		this.confinement.require();
		StagedWrite staged = call((files) -> files.open(this.path));
		try {
			this.confinement.require(staged.target());
			return staged;
		}
		catch (IOException | RuntimeException ex) {
			staged.discard();
			throw ex;
		}
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		return new CommittingStream(open());
	}

	/**
	 * Opens the file. Where {@code atomicwrite.checksum.verify-on-read} is set, the
	 * content was verified before the first byte is returned.
	 */
	@Override
	public InputStream getInputStream() throws IOException {
		this.confinement.require();
		return call((files) -> files.openRead(this.path)).input();
	}

	@Override
	public boolean exists() {
		try {
			this.confinement.require();
			return call((files) -> files.exists(this.path));
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	@Nullable FileStat look() throws IOException {
		return this.files.get().stat(this.confinement.require());
	}

	private <T> T call(Function<AtomicFileOperations, T> operation) throws IOException {
		try {
			return operation.apply(this.operations.get());
		}
		catch (TargetMissingException ex) {
			throw (IOException) new FileNotFoundException(ex.getMessage()).initCause(ex);
		}
		catch (AtomicWriteException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	@Override
	Resource at(Path path) {
		return new AtomicFileResource(this.directory, path, this.operations, this.files);
	}

	@Override
	Path base() {
		return this.path;
	}

	@Override
	public String getDescription() {
		return AtomicFileResources.PREFIX + location() + " (" + this.path + ")";
	}

	@Override
	String location() {
		return this.directory.name() + "/" + this.directory.path().relativize(this.path);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof AtomicFileResource that && this.path.equals(that.path);
	}

	@Override
	public int hashCode() {
		return this.path.hashCode();
	}

	/** Commits at the first close. */
	private static final class CommittingStream extends OutputStream {

		private final StagedWrite staged;

		private boolean closed;

		CommittingStream(StagedWrite staged) {
			this.staged = staged;
		}

		@Override
		public void write(int b) throws IOException {
			this.staged.output().write(b);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			this.staged.output().write(bytes, offset, length);
		}

		@Override
		public void flush() throws IOException {
			this.staged.output().flush();
		}

		@Override
		public void close() throws IOException {
			if (this.closed) {
				return;
			}
			this.closed = true;
			try {
				this.staged.commit();
			}
			catch (AtomicWriteException ex) {
				throw new IOException(ex.getMessage(), ex);
			}
		}

	}

}

package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileHandle;
import io.atomicwrite.fs.ForwardingFileOps;

/**
 * Lets a signal stop what makes many files: nothing is created, written or given a name
 * afterwards, so that the engine gives up what it has begun and deletes it. Once the name
 * is given that makes all of it visible, nothing can be stopped.
 */
final class StoppableFiles extends ForwardingFileOps implements Stoppable {

	private final Predicate<Path> decisive;

	/** The newest last, so that directories come before what is in them. */
	private final Set<Path> created = new LinkedHashSet<>();

	private volatile boolean aborted;

	private boolean committed;

	/**
	 * Creates the operations.
	 * @param delegate does them
	 * @param decisive whether a file that gets this name makes everything visible
	 */
	StoppableFiles(FileOps delegate, Predicate<Path> decisive) {
		super(delegate);
		this.decisive = decisive;
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		refuseIfAborted();
		FileHandle handle = new Refusing(super.createExclusive(file, mode));
		created(file);
		return handle;
	}

	@Override
	public void createDirectory(Path directory) throws IOException {
		refuseIfAborted();
		super.createDirectory(directory);
		created(directory);
	}

	@Override
	public void createSymbolicLink(Path link, Path content) throws IOException {
		refuseIfAborted();
		super.createSymbolicLink(link, content);
		created(link);
	}

	private synchronized void created(Path file) {
		this.created.add(file);
	}

	@Override
	public void rename(Path source, Path target) throws IOException {
		name(target);
		super.rename(source, target);
		forget(source);
	}

	@Override
	public void exchange(Path one, Path other) throws IOException {
		name(one);
		name(other);
		super.exchange(one, other);
	}

	@Override
	public void linkNew(Path source, Path name) throws IOException {
		name(name);
		super.linkNew(source, name);
	}

	@Override
	public boolean shareContent(Path source, Path file) throws IOException {
		refuseIfAborted();
		return super.shareContent(source, file);
	}

	@Override
	public void delete(Path path) throws IOException {
		super.delete(path);
		forget(path);
	}

	private synchronized void name(Path name) throws IOException {
		refuseIfAborted();
		this.committed |= this.decisive.test(name);
	}

	private synchronized void forget(Path file) {
		this.created.remove(file);
	}

	private void refuseIfAborted() throws IOException {
		if (this.aborted) {
			throw new IOException("interrupted");
		}
	}

	@Override
	public synchronized boolean abort() {
		this.aborted = !this.committed;
		return this.aborted;
	}

	/** What feeds it has ends that can be distinguished. */
	@Override
	public void expectAbort(Duration grace) {
	}

	@Override
	public void deleteLeft() {
		List<Path> left = left();
		for (int i = left.size() - 1; i >= 0; i--) {
			try {
				super.delete(left.get(i));
			}
			catch (IOException ex) {
				// the next sweep will
			}
		}
	}

	private synchronized List<Path> left() {
		return new ArrayList<>(this.created);
	}

	/** A file that takes nothing any more once all is stopped. */
	private final class Refusing extends ForwardingFileHandle {

		Refusing(FileHandle file) {
			super(file);
		}

		@Override
		public void write(ByteBuffer bytes) throws IOException {
			refuseIfAborted();
			super.write(bytes);
		}

		@Override
		public void startWriteback() throws IOException {
			refuseIfAborted();
			super.startWriteback();
		}

		@Override
		public void writeOut() throws IOException {
			refuseIfAborted();
			super.writeOut();
		}

		@Override
		public void sync() throws IOException {
			refuseIfAborted();
			super.sync();
		}

	}

}

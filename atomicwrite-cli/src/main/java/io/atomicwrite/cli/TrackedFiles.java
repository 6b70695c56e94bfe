package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * Knows which staging files there are, and lets a signal win or lose against the commit:
 * once aborted, nothing gets a name any more; once the staging file has the target's
 * name, nothing can be aborted.
 */
final class TrackedFiles extends ForwardingFileOps implements Stoppable {

	private final List<Path> created = new ArrayList<>();

	private @Nullable Path staging;

	private boolean aborted;

	private boolean committed;

	private @Nullable Check lastCheck;

	/** When a commit may be, by {@link System#nanoTime()}. */
	private long earliest = System.nanoTime();

	TrackedFiles(FileOps delegate) {
		super(delegate);
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		synchronized (this) {
			refuseIfAborted();
			FileHandle handle = super.createExclusive(file, mode);
			this.created.add(file);
			if (this.staging == null) {
				this.staging = file;
			}
			return handle;
		}
	}

	@Override
	public void rename(Path source, Path target) throws IOException {
		checkLast(source);
		commit(source);
		super.rename(source, target);
		forget(source);
	}

	@Override
	public void linkNew(Path source, Path name) throws IOException {
		commit(source);
		super.linkNew(source, name);
	}

	@Override
	public void delete(Path path) throws IOException {
		super.delete(path);
		forget(path);
	}

	/** Asks for a check right before the content gets the name of the target. */
	synchronized void checkLast(Check check) {
		this.lastCheck = check;
	}

	private void checkLast(Path source) throws IOException {
		Check check = this.lastCheck;
		if (check != null && source.equals(staging())) {
			check.run();
		}
	}

	private synchronized void commit(Path source) throws IOException {
		boolean whole = source.equals(this.staging);
		if (whole) {
			awaitAbort();
		}
		refuseIfAborted();
		this.committed |= whole;
	}

	private void awaitAbort() {
		try {
			for (long left = grace(); left > 0 && !this.aborted; left = grace()) {
				TimeUnit.NANOSECONDS.timedWait(this, left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private long grace() {
		return this.earliest - System.nanoTime();
	}

	private synchronized void forget(Path file) {
		this.created.remove(file);
	}

	private void refuseIfAborted() throws IOException {
		if (this.aborted) {
			throw new IOException("interrupted");
		}
	}

	/** The file that holds the new content until the commit. */
	synchronized @Nullable Path staging() {
		return this.staging;
	}

	@Override
	public synchronized void expectAbort(Duration grace) {
		this.earliest = System.nanoTime() + grace.toNanos();
	}

	@Override
	public synchronized boolean abort() {
		this.aborted = !this.committed;
		notifyAll();
		return this.aborted;
	}

	@Override
	public void deleteLeft() {
		for (Path file : left()) {
			try {
				super.delete(file);
			}
			catch (IOException ex) {
				// the next sweep will
			}
		}
	}

	private synchronized List<Path> left() {
		return List.copyOf(this.created);
	}

	/** What may still stop a commit. */
	@FunctionalInterface
	interface Check {

		void run() throws IOException;

	}

}

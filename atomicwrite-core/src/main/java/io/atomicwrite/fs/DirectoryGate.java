package io.atomicwrite.fs;

import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets few threads of this JVM at a time change the entries of a directory. The kernel
 * lets one, by a semaphore of the directory; where more threads meet there than there are
 * processors, they spin for it and keep its holder from running. Nothing depends on the
 * gate: who has waited for {@link #LONGEST_MILLIS} goes on without it, so that a
 * filesystem that hangs holds up nobody else.
 */
final class DirectoryGate implements AutoCloseable {

	/** Many times what a change takes, with as many threads as there may be. */
	static final long LONGEST_MILLIS = 20;

	/** One for each processor, and one that is there when the holder has done. */
	static final int PERMITS = Runtime.getRuntime().availableProcessors() + 1;

	private static final DirectoryGate OPEN = new DirectoryGate();

	/** A power of two; directories share a gate now and then. */
	private static final DirectoryGate[] GATES = new DirectoryGate[256];

	static {
		for (int i = 0; i < GATES.length; i++) {
			GATES[i] = new DirectoryGate();
		}
	}

	private final Semaphore permits = new Semaphore(PERMITS);

	private DirectoryGate() {
	}

	/**
	 * Enters the gate of a directory.
	 * @param entry the path of an entry of the directory
	 * @return what leaves the gate when it is closed
	 */
	static DirectoryGate enter(Path entry) {
		Path directory = entry.getParent();
		if (directory == null) {
			return OPEN;
		}
		int hash = directory.hashCode();
		DirectoryGate gate = GATES[(hash ^ (hash >>> 16)) & (GATES.length - 1)];
		return (gate.permits.tryAcquire() || gate.await()) ? gate : OPEN;
	}

	private boolean await() {
		try {
			return this.permits.tryAcquire(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			// no matter of a call that no interrupt ends
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	public void close() {
		if (this != OPEN) {
			this.permits.release();
		}
	}

}

package io.atomicwrite.fs;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread of this JVM at a time change the entries of a directory. The kernel
 * does so anyway, by a semaphore of the directory; but where many threads meet there,
 * they spin for it and keep its holder from running. Nothing depends on the gate: who has
 * waited for {@link #LONGEST_MILLIS} goes on without it, so that a filesystem that hangs
 * holds up nobody else.
 */
final class DirectoryGate implements AutoCloseable {

	/** Many times what a change takes, with as many threads as there may be. */
	static final long LONGEST_MILLIS = 20;

	private static final DirectoryGate OPEN = new DirectoryGate();

	/** A power of two; directories share a gate now and then. */
	private static final DirectoryGate[] GATES = new DirectoryGate[256];

	static {
		for (int i = 0; i < GATES.length; i++) {
			GATES[i] = new DirectoryGate();
		}
	}

	private final ReentrantLock lock = new ReentrantLock();

	private DirectoryGate() {
	}

	/**
	 * Enters the gate of a directory.
	 * @param entry the path of an entry of the directory
	 * @return what leaves the gate when it is closed, by the same thread
	 */
	static DirectoryGate enter(Path entry) {
		Path directory = entry.getParent();
		if (directory == null) {
			return OPEN;
		}
		int hash = directory.hashCode();
		DirectoryGate gate = GATES[(hash ^ (hash >>> 16)) & (GATES.length - 1)];
		return (gate.lock.tryLock() || gate.await()) ? gate : OPEN;
	}

	private boolean await() {
		try {
			return this.lock.tryLock(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
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
			this.lock.unlock();
		}
	}

}

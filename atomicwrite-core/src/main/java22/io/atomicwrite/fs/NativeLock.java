package io.atomicwrite.fs;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The lock on a whole file, of two parts. That of the open file on all bytes but the
 * first excludes everybody, this process too, and lasts until this descriptor is closed.
 * That of the process on the first byte is the one for which the kernel names the holder
 * in {@code /proc/locks}. A program that locks the whole file meets both.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/fcntl_locking.2.html">fcntl(2)</a>
 */
final class NativeLock {

	private static final int F_SETLK = 6;

	private static final int F_OFD_GETLK = 36;

	private static final int F_OFD_SETLK = 37;

	private static final short F_RDLCK = 0;

	private static final short F_WRLCK = 1;

	private static final short F_UNLCK = 2;

	private static final long START = 8;

	private static final long LENGTH = 16;

	/** Of the process that has the lock; -1 for that of an open file. */
	private static final long PID = 24;

	private NativeLock() {
	}

	/**
	 * Tries to lock.
	 * @param shared whether others may have a shared lock as well
	 * @return whether it was free
	 */
	static boolean tryLock(NativeDescriptor file, boolean shared) throws IOException {
		short type = shared ? F_RDLCK : F_WRLCK;
		try (Scratch scratch = Scratch.on(file)) {
			if (!isLocked(file, set(scratch, F_OFD_SETLK, type, 1, 0))) {
				return false;
			}
			boolean named = false;
			try {
				named = isLocked(file, set(scratch, F_SETLK, type, 0, 1));
			}
			finally {
				if (!named) {
					set(scratch, F_OFD_SETLK, F_UNLCK, 1, 0);
				}
			}
			return named;
		}
	}

	/** Gives up both parts; the file stays open. */
	static void unlock(NativeDescriptor file) throws IOException {
		try (Scratch scratch = Scratch.on(file)) {
			Errno.check(set(scratch, F_SETLK, F_UNLCK, 0, 1), file.path());
			Errno.check(set(scratch, F_OFD_SETLK, F_UNLCK, 1, 0), file.path());
		}
	}

	/**
	 * Returns whether the file is locked by this process and not by an open file: by a
	 * channel of {@code java.nio}, say. Those of this class lock the first byte alone.
	 */
	static boolean isProcessLock(NativeDescriptor file) throws IOException {
		try (Scratch scratch = Scratch.on(file)) {
			Errno.check(set(scratch, F_OFD_GETLK, F_WRLCK, 1, 0), file.path());
			MemorySegment found = scratch.struct();
			return found.get(ValueLayout.JAVA_SHORT, 0) != F_UNLCK
					&& found.get(ValueLayout.JAVA_INT, PID) == ProcessHandle.current().pid();
		}
	}

	private static boolean isLocked(NativeDescriptor file, long result) throws IOException {
		if (result == -Errno.EAGAIN || result == -Errno.EACCES) {
			return false;
		}
		Errno.check(result, file.path());
		return true;
	}

	/** A length of 0 reaches to the end of any file. */
	private static long set(Scratch scratch, int command, short type, long start, long length) {
		MemorySegment lock = scratch.struct().fill((byte) 0);
		lock.set(ValueLayout.JAVA_SHORT, 0, type);
		lock.set(ValueLayout.JAVA_LONG, START, start);
		lock.set(ValueLayout.JAVA_LONG, LENGTH, length);
		return Kernel.call(scratch, Kernel.FCNTL, scratch.at(), command, lock.address());
	}

}

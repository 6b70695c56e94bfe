package io.atomicwrite.fs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/**
 * Waits between two attempts to read or write where the last one moved nothing, as it
 * does on a descriptor in non-blocking mode ({@code EAGAIN} of {@code read(2)} and
 * {@code write(2)}): that is no end. The JDK can't wait for a descriptor that it has not
 * opened, so this sleeps, at most {@value #LONGEST_MILLIS} ms at a time. Not thread-safe.
 */
public final class IdleWait {

	private static final long LONGEST_MILLIS = 20;

	private long millis = 1;

	/**
	 * Creates an instance for one stream.
	 */
	public IdleWait() {
	}

	/**
	 * Returns at once after an attempt that moved something, and waits after one that
	 * moved nothing.
	 * @param moved how many bytes the last attempt moved
	 * @throws IOException if the thread is interrupted, whose flag stays set
	 */
	public void after(int moved) throws IOException {
		if (moved != 0) {
			this.millis = 1;
			return;
		}
		try {
			TimeUnit.MILLISECONDS.sleep(this.millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted");
		}
		this.millis = Math.min(2 * this.millis, LONGEST_MILLIS);
	}

}

package io.atomicwrite.test.fault;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * Lets chosen calls fail: the n-th that matches, once or from then on, before it is done
 * or after.
 */
public final class FaultyFileOps extends InterceptingFileOps {

	private final AtomicInteger matched = new AtomicInteger();

	private volatile Predicate<FileCall> matches = (call) -> false;

	private volatile int nth = 1;

	private volatile boolean persistent;

	private volatile boolean afterwards;

	private volatile @Nullable Throwable fault;

	private volatile boolean hit;

	/**
	 * Creates operations that fail nothing yet.
	 * @param delegate does what does not fail
	 */
	public FaultyFileOps(FileOps delegate) {
		super(delegate);
	}

	/**
	 * Lets calls fail from now on.
	 * @param calls which calls
	 * @param number the first of them that fails, counted from 1
	 * @param message what the operating system says, such as
	 * {@code No space left on device}
	 */
	public void fail(Predicate<FileCall> calls, int number, String message) {
		fail(calls, number, new FileSystemException("file", null, message));
	}

	/**
	 * Lets calls fail from now on.
	 * @param calls which calls
	 * @param number the first of them that fails, counted from 1
	 * @param thrown an {@link IOException} or an unchecked exception or error
	 */
	public void fail(Predicate<FileCall> calls, int number, Throwable thrown) {
		this.matched.set(0);
		this.hit = false;
		this.fault = thrown;
		this.nth = number;
		this.matches = calls;
	}

	/**
	 * Lets all matching calls from the chosen one on fail, not just that one.
	 * @return these operations
	 */
	public FaultyFileOps persistently() {
		this.persistent = true;
		return this;
	}

	/**
	 * Lets calls fail after they were done, as a server does whose answer is lost.
	 * @return these operations
	 */
	public FaultyFileOps afterwards() {
		this.afterwards = true;
		return this;
	}

	/**
	 * Lets nothing fail any more.
	 */
	public void heal() {
		this.matches = (call) -> false;
	}

	/**
	 * Returns whether a call has failed since {@link #fail}.
	 * @return whether one has
	 */
	public boolean hit() {
		return this.hit;
	}

	@Override
	protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
		boolean fails = false;
		if (this.matches.test(call)) {
			int number = this.matched.incrementAndGet();
			fails = (number == this.nth) || (this.persistent && number > this.nth);
		}
		if (!fails) {
			return action.run();
		}
		this.hit = true;
		// a close that fails closes nevertheless, as close(2) does on Linux
		if (this.afterwards || call.op().name().startsWith("CLOSE") || call.op() == FileCall.Op.UNLOCK) {
			action.run();
		}
		throw asThrown();
	}

	/** A new one each time, as the operating system gives. */
	private IOException asThrown() {
		Throwable thrown = this.fault;
		if (thrown instanceof RuntimeException ex) {
			throw ex;
		}
		if (thrown instanceof Error error) {
			throw error;
		}
		if (thrown instanceof AccessDeniedException ex) {
			return new AccessDeniedException(ex.getFile());
		}
		if (thrown instanceof AtomicMoveNotSupportedException ex) {
			return new AtomicMoveNotSupportedException(ex.getFile(), ex.getOtherFile(), ex.getReason());
		}
		if (thrown instanceof FileSystemException ex) {
			return new FileSystemException(ex.getFile(), null, ex.getReason());
		}
		return new IOException((thrown != null) ? thrown.getMessage() : "no fault was set");
	}

}

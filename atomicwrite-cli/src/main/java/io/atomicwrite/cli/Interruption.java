package io.atomicwrite.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.lock.LockRegistry;
import org.jspecify.annotations.Nullable;

/**
 * What a signal does: one thread works, and the shutdown hook calls {@link #interrupt()}.
 * Whatever is under way then leaves neither staging file nor lock file, within a second;
 * only a commit that has happened is carried through.
 */
final class Interruption {

	/**
	 * For the thread that works to give everything back itself. It is counted up to three
	 * times, and the runtime's end takes 300 ms more where that thread is stuck in a
	 * system call.
	 */
	private static final Duration PATIENCE = Duration.ofMillis(250);

	/**
	 * Longer than it takes until the runtime hands on a signal, on a busy machine too.
	 */
	private static final Duration GRACE = Duration.ofMillis(50);

	private volatile Duration patience;

	private final Thread worker = Thread.currentThread();

	private final CountDownLatch ended = new CountDownLatch(1);

	private @Nullable Stoppable files;

	private @Nullable LockRegistry locks;

	private @Nullable StagedWrite feeding;

	private boolean interrupted;

	private int status = ExitStatus.INTERRUPTED;

	Interruption() {
		this(PATIENCE);
	}

	Interruption(Duration patience) {
		this.patience = patience;
	}

	/** From now on there may be something to give back. */
	synchronized void engage(Stoppable stoppable, LockRegistry registry) {
		refuseIfInterrupted();
		this.files = stoppable;
		this.locks = registry;
	}

	/**
	 * From now on there may be much to give back, which must not take longer than that.
	 */
	synchronized void patience(Duration longer) {
		this.patience = longer;
	}

	/** From now on the worker may be waiting for input, or no longer. */
	synchronized void feeding(@Nullable StagedWrite write) {
		refuseIfInterrupted();
		this.feeding = write;
	}

	/**
	 * Lets the commit wait for a signal that may be on its way. Whoever stops a whole
	 * pipeline stops the one who feeds it as well, whose end must not pass for the end of
	 * the content.
	 */
	synchronized void expectSignal() {
		refuseIfInterrupted();
		if (this.files != null) {
			this.files.expectAbort(GRACE);
		}
	}

	private void refuseIfInterrupted() {
		if (this.interrupted) {
			throw Failure.interrupted("");
		}
	}

	/** Sets the status that the process exits with. */
	synchronized void end(int exitStatus) {
		if (this.ended.getCount() > 0) {
			this.status = this.interrupted ? ExitStatus.INTERRUPTED : exitStatus;
			this.ended.countDown();
		}
	}

	synchronized boolean isInterrupted() {
		return this.interrupted;
	}

	/**
	 * Ends what is under way, if it has not ended.
	 * @return what to exit with
	 */
	int interrupt() {
		if (!abort()) {
			awaitEnd(Long.MAX_VALUE);
			return status();
		}
		StagedWrite write = feeding();
		if (write != null) {
			within(write::discard);
		}
		// ends the wait for the lock or for standard input, and nothing else
		this.worker.interrupt();
		awaitEnd(this.patience.toMillis());
		giveBack();
		return ExitStatus.INTERRUPTED;
	}

	private synchronized boolean abort() {
		boolean possible = this.ended.getCount() > 0 && (this.files == null || this.files.abort());
		this.interrupted |= possible;
		return possible;
	}

	private synchronized @Nullable StagedWrite feeding() {
		return this.feeding;
	}

	private synchronized int status() {
		return this.status;
	}

	/** A sync that takes long must not keep the process: what it syncs is given up. */
	private void giveBack() {
		if (this.files != null) {
			this.files.deleteLeft();
		}
		LockRegistry registry = this.locks;
		if (registry != null) {
			within(registry::close);
		}
	}

	private void awaitEnd(long millis) {
		try {
			this.ended.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void within(Runnable action) {
		Thread thread = new Thread(action);
		thread.setDaemon(true);
		thread.setUncaughtExceptionHandler((failed, ex) -> {
			// it is given up anyway
		});
		thread.start();
		try {
			thread.join(this.patience.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

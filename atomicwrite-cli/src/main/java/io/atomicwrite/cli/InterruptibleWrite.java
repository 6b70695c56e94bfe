package io.atomicwrite.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteResult;
import org.jspecify.annotations.Nullable;

/**
 * The one write of a process, which a signal may end at any moment: one thread writes,
 * and the shutdown hook calls {@link #interrupt()}. Whatever is under way then leaves
 * neither staging file nor lock file; only a commit that has begun is carried through.
 */
final class InterruptibleWrite {

	private final Thread writer = Thread.currentThread();

	private final CountDownLatch ended = new CountDownLatch(1);

	private State state = State.NOTHING_HELD;

	private @Nullable StagedWrite write;

	private boolean interrupted;

	private int status = ExitStatus.INTERRUPTED;

	/**
	 * Runs the write.
	 * @param opener begins it, and may wait for the lock
	 * @param content produces the content
	 */
	WriteResult run(Supplier<StagedWrite> opener, Consumer<StagedWrite> content) {
		StagedWrite opened = open(opener);
		try {
			content.accept(opened);
			enter(State.FINISHING, opened);
			return opened.commit();
		}
		finally {
			finish(opened);
		}
	}

	private StagedWrite open(Supplier<StagedWrite> opener) {
		enter(State.OPENING, null);
		StagedWrite opened = opener.get();
		try {
			enter(State.OPEN, opened);
			return opened;
		}
		catch (Failure ex) {
			opened.discard();
			throw ex;
		}
	}

	/** Who interrupts the write also discards it. */
	private void finish(StagedWrite opened) {
		synchronized (this) {
			if (this.interrupted) {
				return;
			}
			this.state = State.FINISHING;
		}
		opened.discard();
	}

	private synchronized void enter(State next, @Nullable StagedWrite opened) {
		if (this.interrupted) {
			throw Failure.interrupted();
		}
		this.state = next;
		this.write = opened;
	}

	/** Tells what the process exits with. */
	synchronized void end(int exitStatus) {
		this.state = State.ENDED;
		this.status = exitStatus;
		this.ended.countDown();
	}

	synchronized boolean isInterrupted() {
		return this.interrupted;
	}

	/**
	 * Ends the write, if it has not ended.
	 * @return what to exit with
	 */
	int interrupt() {
		switch (interruptedIn()) {
			case OPENING -> {
				// ends the wait for the lock and nothing else
				this.writer.interrupt();
				awaitEnd();
			}
			case OPEN -> discard();
			case FINISHING -> awaitEnd();
			case NOTHING_HELD, ENDED -> {
			}
		}
		return status();
	}

	private synchronized State interruptedIn() {
		this.interrupted = this.state != State.FINISHING && this.state != State.ENDED;
		return this.state;
	}

	private void discard() {
		StagedWrite opened = this.write;
		if (opened != null) {
			opened.discard();
		}
	}

	private void awaitEnd() {
		try {
			this.ended.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private synchronized int status() {
		return this.status;
	}

	private enum State {

		NOTHING_HELD, OPENING, OPEN, FINISHING, ENDED

	}

}

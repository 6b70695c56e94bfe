package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.LockLostException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import org.jspecify.annotations.Nullable;

/**
 * One write, move or delete from its start to its end: the phase it is in, how far it has
 * come, and the way back. It ends once, by {@link #complete}, {@link #fail} or
 * {@link #discard}; whichever it is, everything is given back and the listeners are
 * invoked.
 */
final class Operation implements InFlight.Entry {

	private static final Runnable NO_WAIT = () -> {
	};

	private final WriteAttempt attempt;

	private final WriteListeners listeners;

	private final InFlight inFlight;

	private final PhaseTimer timer;

	private final Undo undo = new Undo();

	private final LossCheck losses = new LossCheck();

	private final AtomicReference<State> state = new AtomicReference<>(State.BEGINNING);

	private volatile Path target;

	private volatile boolean committed;

	/** Ends the wait for a lease; does nothing while there is none. */
	private Runnable waitEnd = NO_WAIT;

	private Operation(WriteAttempt attempt, WriteListeners listeners, InFlight inFlight) {
		this.attempt = attempt;
		this.timer = attempt.timer();
		this.target = attempt.target();
		this.listeners = listeners;
		this.inFlight = inFlight;
	}

	/** Starts an operation, unless the template is closed. */
	static Operation start(WriteAttempt attempt, WriteListeners listeners, InFlight inFlight) {
		Operation operation = new Operation(attempt, listeners, inFlight);
		inFlight.enter(operation, attempt.target());
		listeners.started(attempt);
		return operation;
	}

	/** Names the file that the target of the attempt leads to. */
	Target resolved(Target found) {
		this.target = found.path();
		return found;
	}

	void enter(WritePhase phase) {
		this.timer.enter(phase);
	}

	Undo undo() {
		return this.undo;
	}

	/** Notes the staging file, whose absence shows that the lock was lost. */
	void staged(Directory directory, String name) {
		this.losses.staged(directory, name);
	}

	Map<WritePhase, Duration> timings() {
		return this.timer.timings();
	}

	/** All is prepared, unless the template was closed meanwhile. */
	void opened() {
		if (!this.state.compareAndSet(State.BEGINNING, State.OPEN)) {
			throw ended();
		}
	}

	void requireOpen() throws IOException {
		if (this.state.get() != State.OPEN) {
			throw new IOException("the write to " + this.attempt.target() + " has ended");
		}
	}

	boolean hasEnded() {
		return this.state.get() == State.ENDED;
	}

	/** From here on nobody can discard the operation. */
	void committing() {
		if (!this.state.compareAndSet(State.OPEN, State.COMMITTING)) {
			throw ended();
		}
	}

	/** Acquires the leases, unless the template is closed while the operation waits. */
	LockLeases acquire(LockRegistry locks, List<Path> keys, LockRequest request) {
		Thread self = Thread.currentThread();
		synchronized (this) {
			this.waitEnd = () -> locks.endWait(self);
		}
		try {
			return this.losses.of(locks.acquireResolved(keys, request));
		}
		finally {
			synchronized (this) {
				this.waitEnd = NO_WAIT;
			}
		}
	}

	@Override
	public synchronized void endWait() {
		this.waitEnd.run();
	}

	/** Readers see the change: nothing is taken back any more. */
	void committed() {
		this.committed = true;
	}

	WriteResult complete(WriteResult result) {
		this.state.set(State.ENDED);
		end(false, null);
		this.listeners.completed(this.attempt, result);
		return result;
	}

	/**
	 * Ends the operation after a failure.
	 * @return what to throw: the failure itself, or for an I/O error an exception that
	 * says what state the target is in
	 */
	RuntimeException fail(Throwable failure) {
		RuntimeException thrown = translate(failure);
		Throwable reported = (failure instanceof Error) ? failure : thrown;
		if (this.state.getAndSet(State.ENDED) != State.ENDED) {
			// where the commit may have happened, the names are not ours to delete
			end(!this.committed && !isIndeterminate(reported), reported);
			this.listeners.failed(this.attempt, reported);
		}
		if (failure instanceof Error error) {
			throw error;
		}
		return thrown;
	}

	private RuntimeException translate(Throwable failure) {
		Optional<LockLostException> lost = this.committed ? Optional.empty()
				: this.losses.lossBehind(this.target, this.timer.current(), failure);
		if (lost.isPresent()) {
			return lost.get();
		}
		if (failure instanceof RuntimeException ex) {
			return ex;
		}
		IOException cause = (failure instanceof IOException ex) ? ex : new IOException(failure);
		return WriteErrors.failed(this.target, this.timer.current(),
				this.committed ? WriteOutcome.VISIBLE_NOT_DURABLE : WriteOutcome.NOT_COMMITTED, cause);
	}

	private static boolean isIndeterminate(Throwable failure) {
		return failure instanceof AtomicWriteException ex && ex.outcome() == WriteOutcome.INDETERMINATE;
	}

	/**
	 * Ends the operation without a commit, unless it has ended; the old target stands.
	 * One that has not begun altogether ends where it is about to.
	 * @return whether it ends by this call
	 */
	@Override
	public boolean discard() {
		if (this.state.compareAndSet(State.BEGINNING, State.CANCELLED)) {
			return true;
		}
		if (!this.state.compareAndSet(State.OPEN, State.ENDED)) {
			return false;
		}
		end(true, null);
		this.listeners.discarded(this.attempt);
		return true;
	}

	/** Discards what its caller forgot. */
	void discardLeaked() {
		if (discard()) {
			this.listeners.leaked(this.attempt.target());
		}
	}

	private void end(boolean takeBack, @Nullable Throwable failure) {
		try {
			this.undo.run(takeBack, failure);
		}
		finally {
			this.inFlight.leave(this);
		}
	}

	private IllegalStateException ended() {
		return new IllegalStateException("the write to " + this.attempt.target() + " has ended");
	}

	private enum State {

		BEGINNING, CANCELLED, OPEN, COMMITTING, ENDED

	}

}

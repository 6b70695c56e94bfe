package io.atomicwrite.document;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.document.Ticket.Step;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one document that wait to be written. One of the callers that wait
 * leads: it acquires the lease, takes all changes that wait by then, and writes once.
 * After each write another one leads. Thread-safe.
 *
 * @param <T> the type of the value
 */
final class ChangeQueue<T> {

	/** The others go into the next write, and other processes get the lease before. */
	private static final int BATCH = 1000;

	private final Patience patience;

	private final BatchWriter<T> writer;

	private final Executor executor;

	private final Executor fallback;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition idle = this.lock.newCondition();

	private final Deque<Ticket<T>> waiting = new ArrayDeque<>();

	private final List<Ticket<T>> taken = new ArrayList<>();

	private boolean leading;

	private boolean closed;

	/**
	 * Creates a queue.
	 * @param executor leads where only changes in the background wait
	 * @param fallback does so where the executor refuses to
	 */
	ChangeQueue(DocumentFile file, BatchWriter<T> writer, Executor executor, Executor fallback) {
		this.patience = new Patience(file);
		this.writer = writer;
		this.executor = executor;
		this.fallback = fallback;
	}

	/** Makes a change, and returns what it made once that is durable. */
	Draft<T> call(Step<T> step) {
		Ticket<T> ticket = new Ticket<>(step, this.patience.deadline(), this.lock.newCondition());
		add(ticket);
		while (locked(() -> awaitTurn(ticket))) {
			lead(ticket);
		}
		// one that gave up may have been the one to lead
		promote();
		try {
			return ticket.result();
		}
		catch (CompletionException ex) {
			throw thrown(ex.getCause());
		}
	}

	/** Makes a change in the background. */
	CompletionStage<Draft<T>> start(Step<T> step) {
		Ticket<T> ticket = new Ticket<>(step, this.patience.deadline(), null);
		add(ticket);
		promote();
		return ticket.outcome();
	}

	private <R> R locked(Supplier<R> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	private static RuntimeException thrown(@Nullable Throwable failure) {
		if (failure instanceof Error error) {
			throw error;
		}
		return (failure instanceof RuntimeException ex) ? ex : new IllegalStateException(failure);
	}

	private void add(Ticket<T> ticket) {
		boolean added = locked(() -> !this.closed && this.waiting.add(ticket));
		if (!added) {
			throw this.patience.closed();
		}
	}

	/**
	 * Waits until the ticket is done, or is the one to lead; the lock is held.
	 * @return whether it leads
	 */
	private boolean awaitTurn(Ticket<T> ticket) {
		Condition turn = Objects.requireNonNull(ticket.turn());
		while (!ticket.isDone()) {
			if (ticket.isTaken()) {
				turn.awaitUninterruptibly();
			}
			else if (!this.leading) {
				this.leading = true;
				return true;
			}
			else {
				await(ticket, turn);
			}
		}
		return false;
	}

	private void await(Ticket<T> ticket, Condition turn) {
		try {
			if (turn.awaitNanos(ticket.deadline() - System.nanoTime()) <= 0 && this.leading) {
				giveUp(ticket, this.patience.timeout());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			giveUp(ticket, this.patience.interrupted());
		}
	}

	/** Ends the wait, unless a write carries the change by now: its outcome counts. */
	private void giveUp(Ticket<T> ticket, LockNotAcquiredException failure) {
		if (!ticket.isTaken()) {
			this.waiting.remove(ticket);
			ticket.fail(failure);
		}
	}

	/** Writes once, with what the ticket has left of its time. */
	private void lead(Ticket<T> ticket) {
		try {
			this.writer.run(this.patience.request(ticket), this);
		}
		catch (Throwable ex) {
			ticket.fail(ex);
			locked(() -> this.waiting.remove(ticket) && this.taken.add(ticket));
		}
		finally {
			endWrite();
		}
	}

	private void endWrite() {
		List<Ticket<T>> ended = locked(() -> {
			this.leading = false;
			List<Ticket<T>> all = List.copyOf(this.taken);
			this.taken.clear();
			all.forEach(Ticket::wake);
			this.idle.signalAll();
			return all;
		});
		promote();
		ended.forEach(Ticket::publish);
	}

	/**
	 * Makes the next one lead, a caller that waits if there is one. The lock is not held:
	 * an executor may run what it is given in the calling thread.
	 */
	private void promote() {
		boolean background = locked(
				() -> !this.leading && !this.waiting.isEmpty() && this.waiting.stream().noneMatch(Ticket::wake));
		if (background) {
			try {
				this.executor.execute(this::leadInBackground);
			}
			catch (RejectedExecutionException ex) {
				this.fallback.execute(this::leadInBackground);
			}
		}
	}

	private void leadInBackground() {
		Optional<Ticket<T>> first = locked(() -> {
			Optional<Ticket<T>> next = this.leading ? Optional.empty() : Optional.ofNullable(this.waiting.peek());
			this.leading |= next.isPresent();
			return next;
		});
		first.ifPresent(this::lead);
	}

	/** Takes the changes that wait, in their order. */
	List<Ticket<T>> take() {
		return locked(() -> {
			while (!this.waiting.isEmpty() && this.taken.size() < BATCH) {
				Ticket<T> ticket = this.waiting.remove();
				ticket.take(true);
				this.taken.add(ticket);
			}
			return List.copyOf(this.taken);
		});
	}

	/** Puts changes back that this write does not carry, before all others. */
	void putBack(List<Ticket<T>> late) {
		locked(() -> {
			for (int i = late.size() - 1; i >= 0; i--) {
				late.get(i).take(false);
				this.waiting.addFirst(late.get(i));
				late.get(i).wake();
			}
			return this.taken.removeAll(late);
		});
	}

	/** Waits for all changes that were added before. */
	void flush() {
		List<Ticket<T>> queued = locked(() -> {
			List<Ticket<T>> all = new ArrayList<>(this.taken);
			all.addAll(this.waiting);
			return all;
		});
		try {
			CompletableFuture.allOf(queued.stream().map(Ticket::outcome).toArray(CompletableFuture<?>[]::new)).get();
		}
		catch (ExecutionException ex) {
			// each caller gets its own failure
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw this.patience.interrupted();
		}
	}

	/**
	 * Takes no more changes, waits for those that were added, and fails what is left.
	 * @return whether this call has closed it
	 */
	boolean close(Duration grace) {
		boolean first = locked(() -> {
			boolean open = !this.closed;
			this.closed = true;
			return open;
		});
		if (first) {
			List<Ticket<T>> left = locked(() -> awaitIdle(grace));
			left.forEach(Ticket::publish);
		}
		return first;
	}

	private List<Ticket<T>> awaitIdle(Duration grace) {
		long left = grace.toNanos();
		try {
			while ((this.leading || !this.waiting.isEmpty()) && left > 0) {
				left = this.idle.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		List<Ticket<T>> rest = List.copyOf(this.waiting);
		this.waiting.clear();
		rest.forEach((ticket) -> {
			ticket.fail(this.patience.closed());
			ticket.wake();
		});
		return rest;
	}

}

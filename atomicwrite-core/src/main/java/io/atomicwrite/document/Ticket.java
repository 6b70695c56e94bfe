package io.atomicwrite.document;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;

import io.atomicwrite.VersionConflictException;
import io.atomicwrite.checksum.Version;
import org.jspecify.annotations.Nullable;

/**
 * One change that waits for a write to carry it, and its outcome. Guarded by the queue
 * that it waits in, but for its outcome.
 *
 * @param <T> the type of the value
 */
final class Ticket<T> {

	private final Step<T> step;

	private final long deadline;

	/** What the change itself made of the value. */
	private final CompletableFuture<Draft<T>> result = new CompletableFuture<>();

	/**
	 * The same for others, once nobody leads: what depends on it may change the document
	 * again.
	 */
	private final CompletableFuture<Draft<T>> outcome = new CompletableFuture<>();

	/**
	 * Wakes the caller, who waits in the queue; nobody waits for a change in the
	 * background.
	 */
	private final @Nullable Condition turn;

	private boolean taken;

	/**
	 * Creates a ticket.
	 * @param step the change
	 * @param deadline until when it waits for the lease, by {@link System#nanoTime()}
	 * @param turn wakes the caller, {@code null} for a change in the background
	 */
	Ticket(Step<T> step, long deadline, @Nullable Condition turn) {
		this.step = step;
		this.deadline = deadline;
		this.turn = turn;
	}

	Step<T> step() {
		return this.step;
	}

	long deadline() {
		return this.deadline;
	}

	/** Completes once {@link #publish} is called. */
	CompletableFuture<Draft<T>> outcome() {
		return this.outcome;
	}

	/** Returns what the change made, or throws what it failed with. */
	Draft<T> result() {
		return this.result.join();
	}

	@Nullable Condition turn() {
		return this.turn;
	}

	/**
	 * Wakes the caller; the queue's lock is held.
	 * @return whether a caller waits
	 */
	boolean wake() {
		if (this.turn == null) {
			return false;
		}
		this.turn.signal();
		return true;
	}

	boolean isDone() {
		return this.result.isDone();
	}

	boolean isTaken() {
		return this.taken;
	}

	void take(boolean now) {
		this.taken = now;
	}

	void complete(Draft<T> made) {
		this.result.complete(made);
	}

	void fail(Throwable failure) {
		this.result.completeExceptionally(failure);
	}

	/** Passes the result on to whoever waits for it in the background. */
	void publish() {
		this.result.whenComplete((made, failure) -> {
			if (failure != null) {
				this.outcome.completeExceptionally(failure);
			}
			else {
				this.outcome.complete(made);
			}
		});
	}

	/**
	 * What a change does to a draft.
	 *
	 * @param <T> the type of the value
	 */
	@FunctionalInterface
	interface Step<T> {

		/**
		 * Applies the change. Whatever it throws fails its caller alone.
		 * @param draft what the changes before it have made
		 * @return what this one makes of it
		 */
		Draft<T> apply(Draft<T> draft);

	}

	/** Refuses a draft that another one has changed. */
	static void requireVersion(Path file, Draft<?> draft, Version expected) {
		if (!draft.version().equals(expected)) {
			throw new VersionConflictException(file, expected.toString(),
					Optional.of(draft.version())
						.filter((found) -> !found.equals(Version.none()))
						.map(Version::toString)
						.orElse(null));
		}
	}

}

package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.isolation.DaemonCalls;
import org.jspecify.annotations.Nullable;

/**
 * One kind of look at one directory, made on a daemon thread of its own. At most one look
 * is outstanding, and a thread whose system call does not return is not replaced: no
 * interrupt ends {@code stat(2)} on a filesystem whose server is gone. The thread exists
 * only while there is something to look at. Thread-safe.
 *
 * @param <T> the type of what is looked for
 */
final class Look<T> implements AutoCloseable {

	private static final long IDLE_SECONDS = 5;

	private final Callable<T> work;

	private final Runnable next;

	private final Duration limit;

	private final InstantSource clock;

	private final ThreadPoolExecutor thread;

	private final Supplier<String> part;

	private final AtomicReference<@Nullable Attempt> outstanding = new AtomicReference<>();

	private volatile TimedResult<Answer<T>> last = new TimedResult<>(Instant.MIN, Answer.none());

	/**
	 * Creates a look.
	 * @param threadName the name of the thread
	 * @param work looks at the directory, and may block for ever
	 * @param next what follows each answer, before it is returned; may not block
	 * @param limit how long a caller waits for an answer
	 * @param clock the clock for the age of answers
	 */
	Look(String threadName, Callable<T> work, Runnable next, Duration limit, InstantSource clock) {
		this(threadName, work, next, limit, clock, () -> "");
	}

	/**
	 * Creates a look that can say what of a directory does not answer.
	 * @param part returns what is being looked at, as {@link Answer#silentFor} takes it
	 */
	Look(String threadName, Callable<T> work, Runnable next, Duration limit, InstantSource clock,
			Supplier<String> part) {
		this.part = part;
		this.work = work;
		this.next = next;
		this.limit = limit;
		this.clock = clock;
		this.thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> DaemonCalls.thread(threadName, task));
		this.thread.allowCoreThreadTimeOut(true);
	}

	/**
	 * Begins a look, unless one is outstanding or the last answer is young enough. Never
	 * blocks.
	 * @param maxAge the age from which an answer is too old
	 * @return the look to wait for; one that has ended if nothing was begun
	 */
	Attempt begin(Duration maxAge) {
		Attempt running = this.outstanding.get();
		Instant now = this.clock.instant();
		if (isFresh(now, maxAge) && (running == null || !isOverdue(running))) {
			return Attempt.ENDED;
		}
		Attempt created = new Attempt();
		Attempt other = this.outstanding.compareAndExchange(null, created);
		if (other != null) {
			return other;
		}
		try {
			this.thread.execute(() -> run(created, now));
		}
		catch (RejectedExecutionException ex) {
			end(created, now, Answer.failed("the application is shutting down"));
		}
		return created;
	}

	/** Returns whether the last answer is younger than an age. */
	boolean isFresh(Duration maxAge) {
		return isFresh(this.clock.instant(), maxAge);
	}

	private boolean isFresh(Instant now, Duration maxAge) {
		return this.last.isFresh(now, maxAge);
	}

	private boolean isOverdue(Attempt attempt) {
		return attempt.age().compareTo(this.limit) >= 0;
	}

	private void run(Attempt attempt, Instant began) {
		Answer<T> answer;
		try {
			answer = Answer.of(new TimedResult<>(began, this.work.call()));
		}
		catch (Throwable ex) {
			// whatever it is, a look that is never ended would look like a silent
			// directory
			answer = Answer.failed("can't be read: " + ((ex instanceof IOException io) ? IoErrors.text(io) : ex));
		}
		end(attempt, began, answer);
	}

	private void end(Attempt attempt, Instant began, Answer<T> answer) {
		this.last = new TimedResult<>(began, answer);
		this.outstanding.set(null);
		this.next.run();
		attempt.ended.complete(null);
	}

	/**
	 * Returns what is known now. Never blocks.
	 * @return the last answer; that of a silent directory if a look is overdue
	 */
	Answer<T> now() {
		Attempt running = this.outstanding.get();
		return (running != null && isOverdue(running)) ? silent(running) : this.last.value();
	}

	/**
	 * Waits for a look until the limit has passed since it began.
	 * @param attempt the look
	 * @return its answer, or that of a silent directory
	 */
	Answer<T> await(Attempt attempt) {
		return await(attempt, this.limit.minus(attempt.age()));
	}

	/**
	 * Waits for a look.
	 * @param attempt the look
	 * @param most the longest time to wait
	 * @return its answer, or that of a silent directory; a caller that is interrupted
	 * gets the value that was known, with a problem
	 */
	Answer<T> await(Attempt attempt, Duration most) {
		try {
			attempt.ended.get(Math.max(0, most.toNanos()), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return attempt.ended.isDone() ? now()
					: this.last.value().unknownBecause("the wait for an answer was interrupted");
		}
		catch (ExecutionException | TimeoutException ex) {
			// what is known is all that can be returned
		}
		return attempt.ended.isDone() ? now() : silent(attempt);
	}

	private Answer<T> silent(Attempt attempt) {
		return this.last.value().silentFor(attempt.age(), this.part.get());
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

	/** A look that was begun. */
	static final class Attempt {

		static final Attempt ENDED = new Attempt();

		static {
			ENDED.ended.complete(null);
		}

		private final long began = System.nanoTime();

		private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

		Duration age() {
			return Duration.ofNanos(System.nanoTime() - this.began);
		}

	}

}

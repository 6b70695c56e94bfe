package io.atomicwrite.spring.directory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteResult;

/**
 * The writes under way and the last ones that ended. Remembers at most
 * {@value #REMEMBERED} of those, and does no I/O. Thread-safe.
 */
public final class LiveWrites implements WriteListener {

	static final int REMEMBERED = 20;

	private final ManagedDirectories directories;

	private final InstantSource clock;

	private final Map<WriteAttempt, Started> active = new ConcurrentHashMap<>();

	private final Deque<EndedWrite> ended = new ArrayDeque<>();

	/**
	 * Creates an instance without writes.
	 * @param directories the directories
	 * @param clock the clock for the times at which writes begin
	 */
	public LiveWrites(ManagedDirectories directories, InstantSource clock) {
		this.directories = directories;
		this.clock = clock;
	}

	@Override
	public void started(WriteAttempt attempt) {
		this.active.put(attempt,
				new Started(this.clock.instant(), Thread.currentThread().getName(), System.nanoTime()));
	}

	@Override
	public void completed(WriteAttempt attempt, WriteResult result) {
		end(attempt, result.outcome().name(), result.timings());
	}

	@Override
	public void failed(WriteAttempt attempt, Throwable failure) {
		WriteOutcome outcome = (failure instanceof AtomicWriteException ex) ? ex.outcome() : WriteOutcome.NOT_COMMITTED;
		end(attempt, outcome.name(), Map.of());
	}

	@Override
	public void discarded(WriteAttempt attempt) {
		end(attempt, "DISCARDED", Map.of());
	}

	private void end(WriteAttempt attempt, String outcome, Map<WritePhase, Duration> phases) {
		Started started = this.active.remove(attempt);
		if (started == null) {
			return;
		}
		EndedWrite write = new EndedWrite(attempt, outcome, started.since, started.age(), phases);
		synchronized (this.ended) {
			this.ended.addFirst(write);
			if (this.ended.size() > REMEMBERED) {
				this.ended.removeLast();
			}
		}
	}

	/**
	 * Returns the writes under way.
	 * @return the writes, the oldest first
	 */
	public List<ActiveWrite> active() {
		return stream().sorted(Comparator.comparing(ActiveWrite::age).reversed()).toList();
	}

	/**
	 * Returns the writes under way in a directory.
	 * @param name its name, or {@link ManagedDirectories#OTHER}
	 * @return the writes, in no order
	 */
	public Stream<ActiveWrite> in(String name) {
		return stream().filter((write) -> this.directories.nameOf(write.target()).equals(name));
	}

	private Stream<ActiveWrite> stream() {
		return this.active.entrySet()
			.stream()
			.map((entry) -> new ActiveWrite(entry.getKey(), entry.getValue().since, entry.getValue().thread,
					entry.getValue().age()));
	}

	/**
	 * Returns the last writes that ended.
	 * @return the writes, the newest first
	 */
	public List<EndedWrite> ended() {
		synchronized (this.ended) {
			return List.copyOf(this.ended);
		}
	}

	/**
	 * A write under way.
	 *
	 * @param attempt the attempt, which knows its phase
	 * @param since when it began
	 * @param thread the thread that began it
	 * @param age for how long it has been under way
	 */
	public record ActiveWrite(WriteAttempt attempt, Instant since, String thread, Duration age) {

		/**
		 * Returns the target.
		 * @return the target as the caller named it, absolute
		 */
		public Path target() {
			return this.attempt.target();
		}

	}

	/**
	 * A write that ended.
	 *
	 * @param attempt the attempt
	 * @param outcome its outcome, or {@code DISCARDED} if it was given up
	 * @param since when it began
	 * @param took how long it took
	 * @param phases how long each phase took; empty if it did not succeed
	 */
	public record EndedWrite(WriteAttempt attempt, String outcome, Instant since, Duration took,
			Map<WritePhase, Duration> phases) {
	}

	private record Started(Instant since, String thread, long nanos) {

		Duration age() {
			return Duration.ofNanos(System.nanoTime() - this.nanos);
		}

	}

}

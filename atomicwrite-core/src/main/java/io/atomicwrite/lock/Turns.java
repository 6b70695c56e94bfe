package io.atomicwrite.lock;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Gives other processes their turn. A waiting process tries for the lock every few
 * milliseconds, so it would hardly ever find it free while threads of this process
 * acquire it one after the other. After a long time without a break this process
 * therefore leaves the lock free for as long as a waiter pauses. Thread-safe.
 */
final class Turns {

	/** Short enough for the usual timeouts, long enough that the rest costs little. */
	private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(3);

	/** The longest pause of a waiter, and a margin for its wake-up. */
	private static final long REST_NANOS = HostLocks.LAST_PAUSE_NANOS + TimeUnit.MILLISECONDS.toNanos(10);

	/** After so many acquisitions without a break the next one is expected at once. */
	private static final int BUSY = 8;

	private static final int CAPACITY = 256;

	private final Map<Path, Turn> turns = new ConcurrentHashMap<>();

	/** Returns how long to wait before the next acquisition. */
	long restNanos(Path lockFile, long now) {
		Turn last = this.turns.get(lockFile);
		if (last == null || last.end - last.start < LONGEST_NANOS) {
			return 0;
		}
		return Math.max(0, REST_NANOS - (now - last.end));
	}

	/**
	 * Returns whether the lock has been acquired again and again, so that it probably is
	 * needed again at once.
	 */
	boolean isBusy(Path lockFile, long acquired) {
		Turn last = this.turns.get(lockFile);
		return last != null && last.releases >= BUSY && acquired - last.end < REST_NANOS;
	}

	void released(Path lockFile, long acquired, long now) {
		if (this.turns.size() >= CAPACITY) {
			this.turns.values().removeIf((turn) -> now - turn.end >= REST_NANOS);
		}
		if (this.turns.size() < CAPACITY) {
			this.turns.compute(lockFile, (key, last) -> (last != null && acquired - last.end < REST_NANOS)
					? new Turn(last.start, now, last.releases + 1) : new Turn(acquired, now, 1));
		}
		else {
			// too busy with other files to starve anyone of this one
			this.turns.clear();
		}
	}

	/**
	 * A time without a break that others could have used.
	 */
	private record Turn(long start, long end, int releases) {
	}

}

package io.atomicwrite.watch;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Decides when a file has settled, from what each look at it shows. Times are nanoseconds
 * of one clock that does not jump. Confined to the thread that looks.
 */
final class Settling {

	/** A file that is empty or much shorter than before is likely to be half-written. */
	static final long LONG_QUIET_NANOS = Duration.ofSeconds(1).toNanos();

	/**
	 * The coarsest time of a change that a filesystem keeps: that of FAT. Until then a
	 * file may change again without another signature.
	 */
	static final long COARSE_NANOS = Duration.ofSeconds(2).toNanos();

	private static final long NOT_YET = -1;

	private final long quietNanos;

	private @Nullable FileState candidate;

	private long since;

	private long readAt = NOT_YET;

	private long lastSize;

	Settling(Duration quietPeriod) {
		this.quietNanos = quietPeriod.toNanos();
	}

	/**
	 * Notes what a look shows.
	 * @param state the state of the file
	 * @param now the time after the look
	 * @param hinted whether an event led to the look
	 * @return what to do next
	 */
	Step observe(FileState state, long now, boolean hinted) {
		boolean coarse = this.readAt != NOT_YET && this.readAt - this.since < COARSE_NANOS;
		if (!state.equals(this.candidate) || (hinted && coarse)) {
			this.candidate = state;
			this.since = now;
			this.readAt = NOT_YET;
		}
		if (this.readAt == NOT_YET) {
			return (now >= quietUntil()) ? Step.READ : Step.WAIT;
		}
		return (coarse && now - this.since >= COARSE_NANOS) ? Step.READ : Step.NOTHING;
	}

	/** When the quiet period ends unless the file changes. */
	long quietUntil() {
		return this.since + quiet();
	}

	private long quiet() {
		boolean suspicious = this.candidate == null || this.candidate.size() * 2 < this.lastSize
				|| this.candidate.size() <= 0;
		return suspicious ? Math.max(this.quietNanos, LONG_QUIET_NANOS) : this.quietNanos;
	}

	/**
	 * Notes that the file was read while its state stayed the same.
	 * @param now the time before it was read
	 */
	void read(long now) {
		this.readAt = now;
		this.lastSize = (this.candidate != null) ? Math.max(0, this.candidate.size()) : 0;
	}

	/** Lets the file settle anew. */
	void restart() {
		this.candidate = null;
		this.readAt = NOT_YET;
	}

	/**
	 * What to do after a look.
	 */
	enum Step {

		/** Look again at the end of the quiet period. */
		WAIT,

		/** Read the file: it has settled. */
		READ,

		/** Nothing: it is known already. */
		NOTHING

	}

}

package io.atomicwrite.test.crash;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The result of a {@link CrashSimulation}. Its text names the calls, the cut and the
 * disk. Immutable.
 */
public final class CrashReport {

	private final CrashVerdict verdict;

	private final int calls;

	private final long disks;

	private final String text;

	private final @Nullable String replay;

	private final @Nullable Throwable failure;

	CrashReport(CrashVerdict verdict, int calls, long disks, String text, @Nullable String replay,
			@Nullable Throwable failure) {
		this.verdict = verdict;
		this.calls = calls;
		this.disks = disks;
		this.text = text;
		this.replay = replay;
		this.failure = failure;
	}

	/**
	 * Returns the verdict.
	 * @return the verdict
	 */
	public CrashVerdict verdict() {
		return this.verdict;
	}

	/**
	 * Returns how many calls the code made that change the disk or make a change durable.
	 * A write counts as up to three, as it may reach the disk in parts.
	 * @return the number of calls
	 */
	public int calls() {
		return this.calls;
	}

	/**
	 * Returns on how many different disks the start-up code was run.
	 * @return the number of disks
	 */
	public long disks() {
		return this.disks;
	}

	/**
	 * Returns what repeats the first loss alone: see {@link CrashSimulation#replay}.
	 * @return the identifier; empty unless the verdict is {@link CrashVerdict#LOST}
	 */
	public Optional<String> replay() {
		return Optional.ofNullable(this.replay);
	}

	/**
	 * Returns what the code or its assertion threw first.
	 * @return the failure; empty if nothing was thrown
	 */
	public Optional<Throwable> failure() {
		return Optional.ofNullable(this.failure);
	}

	/**
	 * Returns the verdict with all that explains it, in several lines.
	 */
	@Override
	public String toString() {
		return this.text;
	}

}

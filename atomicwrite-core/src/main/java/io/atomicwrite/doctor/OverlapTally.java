package io.atomicwrite.doctor;

import java.nio.file.Path;

/**
 * The counters of one participant of an overlap check.
 */
final class OverlapTally {

	private long turns;

	private long handovers;

	private long overlaps;

	private long failures;

	void turn(boolean handover, boolean alone) {
		this.turns++;
		this.handovers += handover ? 1 : 0;
		this.overlaps += alone ? 0 : 1;
	}

	void failure() {
		this.failures++;
	}

	/** Returns the number of turns, including those that failed. */
	long rounds() {
		return this.turns + this.failures;
	}

	long handovers() {
		return this.handovers;
	}

	void add(OverlapTally other) {
		this.turns += other.turns;
		this.handovers += other.handovers;
		this.overlaps += other.overlaps;
		this.failures += other.failures;
	}

	OverlapCheck.Report report(Path directory, int participants, long counter, int sameClients) {
		return new OverlapCheck.Report(directory, participants, this.turns, this.handovers, this.overlaps,
				this.failures, this.turns - counter, sameClients);
	}

	static OverlapTally parse(String text) {
		String[] numbers = text.split(" ");
		OverlapTally tally = new OverlapTally();
		tally.turns = Long.parseLong(numbers[0]);
		tally.handovers = Long.parseLong(numbers[1]);
		tally.overlaps = Long.parseLong(numbers[2]);
		tally.failures = Long.parseLong(numbers[3]);
		return tally;
	}

	@Override
	public String toString() {
		return this.turns + " " + this.handovers + " " + this.overlaps + " " + this.failures;
	}

}

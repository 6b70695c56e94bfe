package io.atomicwrite.doctor;

import java.nio.file.Path;

/**
 * What the participants of an overlap check saw, all together.
 *
 * @param directory the directory
 * @param participants how many took part
 * @param rounds how often the lock was acquired
 * @param handovers how often it was acquired by another participant than the last time
 * @param overlaps how often a participant found another one inside
 * @param failures how often the lock or a step under it failed, other than by being held:
 * files that vanish, or exist while nobody else should be there
 * @param lost how many of the increments of the shared counter are missing in the end
 */
public record OverlapReport(Path directory, int participants, long rounds, long handovers, long overlaps, long failures,
		long lost) {

	/**
	 * Returns whether the lock excluded every participant from every other while they
	 * contended for it. That is evidence for these mounts on this day, and no proof.
	 * @return whether they met, and there was no overlap, failure or lost increment
	 */
	public boolean ok() {
		return !failed() && met();
	}

	private boolean failed() {
		return this.overlaps > 0 || this.failures > 0 || this.lost != 0;
	}

	private boolean met() {
		return this.handovers >= this.participants;
	}

	/**
	 * Returns the verdict as text.
	 * @return one line
	 */
	public String summary() {
		String what = this.participants + " participants acquired the lock " + this.rounds
				+ " times, and it passed from one to another " + this.handovers + " times: ";
		if (this.failures > 0 && this.overlaps == 0 && this.lost == 0) {
			return this.directory + ": FAILED, " + what + this.failures
					+ " turns failed; look for what deletes or protects files there, or let one host alone write";
		}
		if (failed()) {
			return this.directory + ": OVERLAP, " + what + this.overlaps + " times another one was inside, "
					+ this.failures + " turns failed, " + this.lost
					+ " increments were lost; let one host alone write here";
		}
		if (!met()) {
			return this.directory + ": NOT SHOWN, " + what + "they did not contend; repeat it with more rounds";
		}
		return this.directory + ": no overlap, " + what + "nobody was inside with another, no increment was lost";
	}

}

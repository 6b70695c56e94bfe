package io.atomicwrite.doctor;

import java.nio.file.Path;

/**
 * The combined results of all participants of an overlap check. Immutable.
 *
 * @param directory the directory
 * @param participants how many took part
 * @param rounds how often the lock was acquired
 * @param handovers how often it was acquired by a different participant than the time
 * before
 * @param overlaps how often a participant found that another one held the lock too
 * @param failures how often acquiring the lock, or a step under it, failed for a reason
 * other than contention, such as a file that vanished or that should not exist
 * @param lost how many increments of the shared counter are missing at the end
 */
public record OverlapReport(Path directory, int participants, long rounds, long handovers, long overlaps, long failures,
		long lost) {

	/**
	 * Returns whether the lock excluded the participants from each other while they
	 * contended for it. This is evidence for these mounts at this time, not proof.
	 * @return whether they contended, without an overlap, failure or lost increment
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
					+ " turns failed; find out what deletes or protects files there, or let only one host write";
		}
		if (failed()) {
			return this.directory + ": OVERLAP, " + what + this.overlaps + " times another one held it too, "
					+ this.failures + " turns failed, " + this.lost
					+ " increments were lost; let only one host write here";
		}
		if (!met()) {
			return this.directory + ": NOT SHOWN, " + what + "they did not contend; repeat the check with more rounds";
		}
		return this.directory + ": no overlap, " + what + "no two held it at once, no increment was lost";
	}

}

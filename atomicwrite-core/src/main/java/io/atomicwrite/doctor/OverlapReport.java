package io.atomicwrite.doctor;

import java.nio.file.Path;

/**
 * What a participant of an overlap check saw, together with the others.
 *
 * @param directory the directory
 * @param participants how many took part
 * @param rounds how often the lock was acquired, by all together
 * @param overlaps how often a participant found another one inside
 * @param lost how many of the increments of the shared counter are missing in the end
 */
public record OverlapReport(Path directory, int participants, long rounds, long overlaps, long lost) {

	/**
	 * Returns whether the lock excluded every participant from every other. That is
	 * evidence for these mounts on this day, and no proof.
	 * @return whether there was no overlap and no lost increment
	 */
	public boolean ok() {
		return this.overlaps == 0 && this.lost == 0;
	}

	/**
	 * Returns the verdict as text.
	 * @return one line
	 */
	public String summary() {
		String what = this.participants + " participants acquired the lock " + this.rounds + " times: ";
		if (ok()) {
			return this.directory + ": no overlap, " + what + "nobody was inside with another, no increment was lost";
		}
		return this.directory + ": OVERLAP, " + what + this.overlaps + " times another one was inside, " + this.lost
				+ " increments were lost; let one host alone write here";
	}

}

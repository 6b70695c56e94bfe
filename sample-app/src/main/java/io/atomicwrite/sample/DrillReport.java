package io.atomicwrite.sample;

import org.jspecify.annotations.Nullable;

/**
 * The state of the crash drill.
 *
 * @param status whether it runs, has run or has failed
 * @param run counts the drills since the start of the service
 * @param directory where its files are
 * @param kills how often writers were killed
 * @param atomic what the library left, present once the drill is done
 * @param plain what {@code Files.write} left, present once the drill is done
 * @param unfinished the size in bytes of what the library had written of the next
 * generation, in a staging file that no reader sees
 * @param problem why the drill has failed
 */
record DrillReport(Status status, int run, String directory, int kills, @Nullable Left atomic, @Nullable Left plain,
		long unfinished, @Nullable String problem) {

	DrillReport running() {
		return new DrillReport(Status.RUNNING, this.run + 1, this.directory, 0, null, null, 0, null);
	}

	DrillReport done(int killed, Left byLibrary, Left byFiles, long staged) {
		return new DrillReport(Status.DONE, this.run, this.directory, killed, byLibrary, byFiles, staged, null);
	}

	DrillReport failed(String why) {
		return new DrillReport(Status.FAILED, this.run, this.directory, 0, null, null, 0, why);
	}

	/**
	 * What a kill has left of a file.
	 *
	 * @param file the name of the file
	 * @param returned the last generation whose write had returned
	 * @param found what is in the file
	 * @param expected how many lines it should have
	 */
	record Left(String file, long returned, DrillText found, int expected) {
	}

	/**
	 * How far a drill is.
	 */
	enum Status {

		NONE, RUNNING, DONE, FAILED

	}

}

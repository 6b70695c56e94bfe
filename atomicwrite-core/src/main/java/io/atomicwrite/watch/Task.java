package io.atomicwrite.watch;

/**
 * The looks at one file, one after the other. Its fields belong to the {@link Schedule}.
 */
final class Task {

	static final long NEVER = Long.MAX_VALUE;

	final Subject subject;

	final long number;

	/** When the next look is due, or after the one that is under way. */
	long due = NEVER;

	/** Whether the next look comes before those that are merely polls. */
	boolean urgent;

	/** Whether an event has led to the next look. */
	boolean hinted;

	boolean running;

	/** Before this no event leads to a look, so that a busy writer costs little. */
	long restUntil;

	Task(Subject subject, long number) {
		this.subject = subject;
		this.number = number;
	}

	/**
	 * What is looked at.
	 */
	@FunctionalInterface
	interface Subject {

		/**
		 * Looks at it.
		 * @param files the file operations
		 * @param hinted whether an event has led to the look
		 * @return when to look again
		 */
		Next look(TouchingFiles files, boolean hinted);

	}

	/**
	 * When to look again.
	 *
	 * @param at the time; {@link Task#NEVER} if only on request
	 * @param urgent whether the look is to be on time
	 */
	record Next(long at, boolean urgent) {
	}

}

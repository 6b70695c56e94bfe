package io.atomicwrite.watch;

/**
 * The state of a file that its listener knows. It is one state and not a list of them, so
 * that an older content that comes back is news. Thread-safe.
 */
final class Knowledge {

	private static final String NOTHING = "nothing";

	private String known = NOTHING;

	private long generation;

	private int holds;

	/** Whether looks are held back. */
	synchronized boolean isHeld() {
		return this.holds > 0;
	}

	/** What to pass to {@link #learn} with what was found afterwards. */
	synchronized long generation() {
		return this.generation;
	}

	/**
	 * Notes what a look has found.
	 * @param since the generation before the look
	 * @param found the state that was found
	 * @return whether that is news
	 */
	synchronized News learn(long since, String found) {
		if (this.generation != since || this.holds > 0) {
			return News.OUTDATED;
		}
		if (found.equals(this.known)) {
			return News.KNOWN;
		}
		this.known = found;
		return News.NEW;
	}

	synchronized void seen(String state) {
		this.known = state;
		this.generation++;
	}

	synchronized void hold() {
		this.holds++;
		this.generation++;
	}

	synchronized void release() {
		this.holds--;
	}

	/**
	 * What a look has found.
	 */
	enum News {

		/** A state that is not known. */
		NEW,

		/** The state that is known. */
		KNOWN,

		/** A state from before what is known now: the look has to be made again. */
		OUTDATED

	}

}

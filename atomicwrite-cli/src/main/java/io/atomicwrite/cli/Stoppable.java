package io.atomicwrite.cli;

import java.time.Duration;

/**
 * What a signal stops: once stopped, nothing gets a name any more.
 */
interface Stoppable {

	/**
	 * Stops whatever is under way.
	 * @return whether that was still possible
	 */
	boolean abort();

	/** Lets the commit wait until then for what may abort it. */
	void expectAbort(Duration grace);

	/** Deletes what is left of what was aborted. */
	void deleteLeft();

}

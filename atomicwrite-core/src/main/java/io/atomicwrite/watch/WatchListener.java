package io.atomicwrite.watch;

/**
 * A listener for one watched file.
 */
@FunctionalInterface
public interface WatchListener {

	/**
	 * Called when the file has settled in a state that differs from the last one that was
	 * reported or {@linkplain FileWatch#seen(byte[]) known}. Changes that follow each
	 * other within the quiet period are one.
	 *
	 * <p>
	 * The calls for one file are made one after the other, in a thread of the watcher,
	 * which holds no lock: a listener may close its watch and begin others. A call that
	 * takes long delays other files for a moment only. What it throws is counted in
	 * {@link WatchStatus#failedCalls()}, and the watch goes on; the state counts as
	 * reported.
	 * @param look what the file is now
	 */
	void settled(Look look);

}

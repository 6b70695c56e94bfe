package io.atomicwrite.watch;

/**
 * One watched file. Thread-safe; no method waits for a look or for a listener.
 */
public interface FileWatch extends AutoCloseable {

	/**
	 * Looks at the file now, as if an event had come. Works in every {@link WatchMode}.
	 */
	void check();

	/**
	 * Notes content that the caller knows, because it has written or read it, so that
	 * this content is not reported. Any other content is reported later, also the one
	 * that was known before. A look that is under way is made again. The state that is
	 * known is the last one only: nothing is ever ignored because of the time that has
	 * passed.
	 * @param content the whole content of the file; not kept
	 */
	void seen(byte[] content);

	/**
	 * Reports nothing until the hold is closed, and looks again afterwards. An own write
	 * opens one before its commit, calls {@link #seen(byte[])} once the content is in
	 * place, and closes it. Holds may overlap.
	 * @return the hold
	 */
	Hold hold();

	/**
	 * Returns how the file is being watched.
	 * @return the status
	 */
	WatchStatus status();

	/**
	 * Ends the watch. No call of the listener begins afterwards; one that runs may go on.
	 */
	@Override
	void close();

	/**
	 * Holds back what a watch would report.
	 */
	interface Hold extends AutoCloseable {

		/**
		 * Ends the hold. Further calls do nothing.
		 */
		@Override
		void close();

	}

}

package io.atomicwrite.watch;

/**
 * How a file is watched.
 */
public enum WatchMode {

	/**
	 * By events of the operating system where it has them, and by polling everywhere.
	 */
	AUTO,

	/** By polling alone: no resources of the operating system are used. */
	POLL,

	/** Not at all: the file is looked at when {@link FileWatch#check()} asks for it. */
	OFF

}

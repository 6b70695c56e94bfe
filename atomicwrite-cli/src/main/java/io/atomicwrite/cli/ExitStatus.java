package io.atomicwrite.cli;

/**
 * What the command exits with. Scripts rely on these.
 */
final class ExitStatus {

	static final int SUCCESS = 0;

	/** Anything that has no status of its own, unusable options among it. */
	static final int ERROR = 1;

	static final int LOCK_NOT_ACQUIRED = 2;

	/** By SIGINT, SIGTERM or SIGHUP. */
	static final int INTERRUPTED = 3;

	private ExitStatus() {
	}

}

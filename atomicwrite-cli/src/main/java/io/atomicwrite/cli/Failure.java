package io.atomicwrite.cli;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.LockNotAcquiredException;

/**
 * Why the command can't do what it was asked for.
 */
final class Failure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private Failure(String message, int status) {
		super(message);
		this.status = status;
	}

	static Failure of(String what) {
		return new Failure(what, ExitStatus.ERROR);
	}

	static Failure interrupted() {
		return new Failure("interrupted; the target is as it was", ExitStatus.INTERRUPTED);
	}

	/** The user's name of the file is enough: the one in the message goes. */
	static Failure of(AtomicWriteException ex) {
		String message = String.valueOf(ex.getMessage());
		String file = ex.target() + ": ";
		return new Failure(message.startsWith(file) ? message.substring(file.length()) : message, status(ex));
	}

	private static int status(AtomicWriteException ex) {
		if (ex instanceof LockNotAcquiredException lock) {
			return switch (lock.reason()) {
				case BUSY, TIMEOUT -> ExitStatus.LOCK_NOT_ACQUIRED;
				case INTERRUPTED -> ExitStatus.INTERRUPTED;
				case SELF_DEADLOCK, CLOSED, FAILED -> ExitStatus.ERROR;
			};
		}
		return ExitStatus.ERROR;
	}

	int status() {
		return this.status;
	}

}

package io.atomicwrite.lock;

import java.io.IOException;

/**
 * A {@link LockStore} did not answer in time, refused, or gave an answer that can't be
 * relied on.
 */
public final class LockStoreException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what happened, as a part of a message: the store is named before it
	 */
	public LockStoreException(String message) {
		super(message);
	}

	/**
	 * Creates the exception.
	 * @param message what happened, as a part of a message: the store is named before it
	 * @param cause the error of the store's client
	 */
	public LockStoreException(String message, Throwable cause) {
		super(message, cause);
	}

}

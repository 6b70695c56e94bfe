package io.atomicwrite.spring.lock;

/**
 * Something can't be used as a lock store. The message says why.
 */
public final class UnusableLockStoreException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String action;

	UnusableLockStoreException(String message, String action) {
		super(message);
		this.action = action;
	}

	/**
	 * Returns what to do instead.
	 * @return the action, a sentence
	 */
	public String action() {
		return this.action;
	}

}

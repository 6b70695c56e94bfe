package io.atomicwrite.document;

/**
 * A change has modified the value that it got. Its caller gets the cause.
 */
final class MutatedValueException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final IllegalStateException found;

	MutatedValueException(IllegalStateException found) {
		super(found);
		this.found = found;
	}

	IllegalStateException found() {
		return this.found;
	}

}

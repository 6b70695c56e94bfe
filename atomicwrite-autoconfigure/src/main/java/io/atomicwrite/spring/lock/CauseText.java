package io.atomicwrite.spring.lock;

/**
 * The text of an error of a client library: those of the libraries say little, and the
 * cause beneath says what happened.
 */
final class CauseText {

	private CauseText() {
	}

	static String of(Throwable failure) {
		Throwable cause = failure;
		// bounded: a chain may be a circle
		for (int depth = 0; depth < 10 && cause.getCause() != null; depth++) {
			cause = cause.getCause();
		}
		String message = cause.getMessage();
		String name = cause.getClass().getSimpleName();
		return (message != null) ? name + ": " + message.strip() : name;
	}

}

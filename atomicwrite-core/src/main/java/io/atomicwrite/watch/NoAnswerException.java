package io.atomicwrite.watch;

import java.nio.file.Path;

/**
 * A look is put off because the filesystem does not answer another one.
 */
final class NoAnswerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NoAnswerException(Path mountPoint) {
		super("the filesystem at " + mountPoint + " does not answer", null, false, false);
	}

}

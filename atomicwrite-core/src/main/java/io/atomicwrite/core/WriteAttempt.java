package io.atomicwrite.core;

import java.nio.file.Path;

/**
 * One write from its beginning to its end. Listeners tell attempts apart by identity.
 */
public final class WriteAttempt {

	private final Path target;

	WriteAttempt(Path target) {
		this.target = target;
	}

	/**
	 * Returns the target as the caller named it, absolute.
	 * @return the path
	 */
	public Path target() {
		return this.target;
	}

}

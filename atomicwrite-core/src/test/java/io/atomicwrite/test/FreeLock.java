package io.atomicwrite.test;

import java.io.IOException;
import java.util.Optional;

import io.atomicwrite.lock.ExternalLocks;

/**
 * An external lock that excludes nobody, and so is never lost.
 */
public class FreeLock implements ExternalLocks.Held {

	@Override
	public Optional<String> loss() {
		return Optional.empty();
	}

	@Override
	public void release() throws IOException {
		// nothing is held
	}

}

package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells many listeners and lets none of them fail a write.
 */
final class WriteListeners implements WriteListener {

	private final List<WriteListener> listeners;

	WriteListeners(List<WriteListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void started(WriteAttempt attempt) {
		tell((listener) -> listener.started(attempt));
	}

	@Override
	public void completed(WriteAttempt attempt, WriteResult result) {
		tell((listener) -> listener.completed(attempt, result));
	}

	@Override
	public void failed(WriteAttempt attempt, Throwable failure) {
		tell((listener) -> listener.failed(attempt, failure));
	}

	@Override
	public void discarded(WriteAttempt attempt) {
		tell((listener) -> listener.discarded(attempt));
	}

	@Override
	public void leaked(Path target) {
		tell((listener) -> listener.leaked(target));
	}

	@Override
	public void warned(Path target, String warning) {
		tell((listener) -> listener.warned(target, warning));
	}

	@Override
	public void checksumFailed(Path file) {
		tell((listener) -> listener.checksumFailed(file));
	}

	@Override
	public void fellBack(Path file, Path backup) {
		tell((listener) -> listener.fellBack(file, backup));
	}

	private void tell(Consumer<WriteListener> event) {
		for (WriteListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (Throwable ex) {
				// a listener must not fail a write, not by a missing class either; it can
				// report its own failures
			}
		}
	}

}

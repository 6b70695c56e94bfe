package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Passes each event on to all listeners, and lets none of them fail a write.
 */
final class WriteListeners implements WriteListener {

	private final List<WriteListener> listeners;

	WriteListeners(List<WriteListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void started(WriteAttempt attempt) {
		invoke((listener) -> listener.started(attempt));
	}

	@Override
	public void completed(WriteAttempt attempt, WriteResult result) {
		invoke((listener) -> listener.completed(attempt, result));
	}

	@Override
	public void failed(WriteAttempt attempt, Throwable failure) {
		invoke((listener) -> listener.failed(attempt, failure));
	}

	@Override
	public void discarded(WriteAttempt attempt) {
		invoke((listener) -> listener.discarded(attempt));
	}

	@Override
	public void leaked(Path target) {
		invoke((listener) -> listener.leaked(target));
	}

	@Override
	public void warned(Path target, String warning) {
		invoke((listener) -> listener.warned(target, warning));
	}

	@Override
	public void checksumFailed(Path file) {
		invoke((listener) -> listener.checksumFailed(file));
	}

	@Override
	public void fellBack(Path file, Path backup) {
		invoke((listener) -> listener.fellBack(file, backup));
	}

	private void invoke(Consumer<WriteListener> event) {
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

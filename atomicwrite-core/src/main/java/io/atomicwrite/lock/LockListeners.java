package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.atomicwrite.LockNotAcquiredException.Reason;

/**
 * Tells many listeners and lets none of them fail a write.
 */
final class LockListeners implements LockListener {

	private final List<LockListener> listeners;

	LockListeners(List<LockListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void acquired(Path target, Duration waited) {
		tell((listener) -> listener.acquired(target, waited));
	}

	@Override
	public void notAcquired(Path target, Reason reason, Duration waited) {
		tell((listener) -> listener.notAcquired(target, reason, waited));
	}

	@Override
	public void released(Path target, Duration held) {
		tell((listener) -> listener.released(target, held));
	}

	@Override
	public void leftOver(Path target, IOException cause) {
		tell((listener) -> listener.leftOver(target, cause));
	}

	private void tell(Consumer<LockListener> event) {
		for (LockListener listener : this.listeners) {
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

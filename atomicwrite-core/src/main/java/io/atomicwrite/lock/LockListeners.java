package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.atomicwrite.LockNotAcquiredException.Reason;

/**
 * Invokes several listeners and lets none of them fail a write. Safe for use by several
 * threads, as the listeners are.
 */
final class LockListeners implements LockListener {

	private final List<LockListener> listeners;

	LockListeners(List<LockListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void acquired(Path target, Duration waited) {
		invoke((listener) -> listener.acquired(target, waited));
	}

	@Override
	public void notAcquired(Path target, Reason reason, Duration waited) {
		invoke((listener) -> listener.notAcquired(target, reason, waited));
	}

	@Override
	public void released(Path target, Duration held) {
		invoke((listener) -> listener.released(target, held));
	}

	@Override
	public void leftOver(Path target, IOException cause) {
		invoke((listener) -> listener.leftOver(target, cause));
	}

	private void invoke(Consumer<LockListener> event) {
		for (LockListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (Throwable ex) {
				// an Error too: a class that a listener misses must not fail a write
			}
		}
	}

}

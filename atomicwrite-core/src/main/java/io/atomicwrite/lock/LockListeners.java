package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.isolation.Listeners;

/**
 * Invokes several listeners and lets none of them fail a write. Safe for use by several
 * threads, as the listeners are.
 */
final class LockListeners implements LockListener {

	private final Listeners<LockListener> listeners;

	LockListeners(List<? extends Supplier<? extends List<? extends LockListener>>> listeners) {
		this.listeners = new Listeners<>(listeners);
	}

	static LockListeners of(List<LockListener> listeners) {
		List<LockListener> copy = List.copyOf(listeners);
		return new LockListeners(List.of(() -> copy));
	}

	@Override
	public void acquired(Path target, Duration waited) {
		this.listeners.invoke((listener) -> listener.acquired(target, waited));
	}

	@Override
	public void notAcquired(Path target, Reason reason, Duration waited) {
		this.listeners.invoke((listener) -> listener.notAcquired(target, reason, waited));
	}

	@Override
	public void lost(Path target, LockLostException.Reason reason) {
		this.listeners.invoke((listener) -> listener.lost(target, reason));
	}

	@Override
	public void renewed(Path target, Duration took) {
		this.listeners.invoke((listener) -> listener.renewed(target, took));
	}

	@Override
	public void released(Path target, Duration held) {
		this.listeners.invoke((listener) -> listener.released(target, held));
	}

	@Override
	public void leftOver(Path target, IOException cause) {
		this.listeners.invoke((listener) -> listener.leftOver(target, cause));
	}

}

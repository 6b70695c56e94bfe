package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.guarantee.Filesystem;
import io.atomicwrite.isolation.Listeners;

/**
 * Passes each event on to all listeners, and lets none of them fail a write.
 */
final class WriteListeners implements WriteListener {

	private final Listeners<WriteListener> listeners;

	WriteListeners(List<? extends Supplier<? extends List<? extends WriteListener>>> listeners) {
		this.listeners = new Listeners<>(listeners);
	}

	@Override
	public void started(WriteAttempt attempt) {
		this.listeners.invoke((listener) -> listener.started(attempt));
	}

	@Override
	public void completed(WriteAttempt attempt, WriteResult result) {
		this.listeners.invoke((listener) -> listener.completed(attempt, result));
	}

	@Override
	public void failed(WriteAttempt attempt, Throwable failure) {
		this.listeners.invoke((listener) -> listener.failed(attempt, failure));
	}

	@Override
	public void discarded(WriteAttempt attempt) {
		this.listeners.invoke((listener) -> listener.discarded(attempt));
	}

	@Override
	public void leaked(Path target) {
		this.listeners.invoke((listener) -> listener.leaked(target));
	}

	@Override
	public void warned(Path target, String warning) {
		this.listeners.invoke((listener) -> listener.warned(target, warning));
	}

	@Override
	public void warnedOfMount(Path target, Filesystem filesystem, String warning) {
		this.listeners.invoke((listener) -> listener.warnedOfMount(target, filesystem, warning));
	}

	@Override
	public void checksumFailed(Path file) {
		this.listeners.invoke((listener) -> listener.checksumFailed(file));
	}

	@Override
	public void readVerified(Path file) {
		this.listeners.invoke((listener) -> listener.readVerified(file));
	}

	@Override
	public void readDamaged(Path file) {
		this.listeners.invoke((listener) -> listener.readDamaged(file));
	}

	@Override
	public void fellBack(Path file, Path backup, AtomicWriteException reason) {
		this.listeners.invoke((listener) -> listener.fellBack(file, backup, reason));
	}

}

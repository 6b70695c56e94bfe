package io.atomicwrite.document;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.atomicwrite.isolation.Listeners;

/**
 * Passes what happens to documents on to the listeners of the template.
 */
final class DocumentEvents implements DocumentListener {

	private final Listeners<DocumentListener> listeners;

	DocumentEvents(List<? extends Supplier<? extends List<? extends DocumentListener>>> listeners) {
		this.listeners = new Listeners<>(listeners);
	}

	@Override
	public void opened(AtomicDocument<?> document) {
		this.listeners.invoke((listener) -> listener.opened(document));
	}

	@Override
	public void updated(Path file, int changes, Duration took) {
		this.listeners.invoke((listener) -> listener.updated(file, changes, took));
	}

	@Override
	public void updateFailed(Path file, Throwable failure) {
		this.listeners.invoke((listener) -> listener.updateFailed(file, failure));
	}

	@Override
	public void reloaded(Path file) {
		this.listeners.invoke((listener) -> listener.reloaded(file));
	}

	@Override
	public void problem(Path file, DocumentProblem problem) {
		this.listeners.invoke((listener) -> listener.problem(file, problem));
	}

	@Override
	public void statusChanged(Path file, DocumentStatus before, DocumentStatus after) {
		this.listeners.invoke((listener) -> listener.statusChanged(file, before, after));
	}

	@Override
	public void listenerFailed(Path file, Throwable failure) {
		this.listeners.invoke((listener) -> listener.listenerFailed(file, failure));
	}

	@Override
	public void lastGoodNotKept(Path file, IOException cause) {
		this.listeners.invoke((listener) -> listener.lastGoodNotKept(file, cause));
	}

	@Override
	public void closed(AtomicDocument<?> document) {
		this.listeners.invoke((listener) -> listener.closed(document));
	}

}

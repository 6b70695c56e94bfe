package io.atomicwrite.spring.housekeeping;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.maintenance.SweepListener;

/**
 * Invokes all listeners, even if one of them throws.
 */
final class SweepListeners implements SweepListener {

	private final List<SweepListener> listeners;

	SweepListeners(List<SweepListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void removed(Path file, ArtifactKind kind, long size) {
		invokeAll((listener) -> listener.removed(file, kind, size));
	}

	@Override
	public void failed(Path path, String reason) {
		invokeAll((listener) -> listener.failed(path, reason));
	}

	@Override
	public void progress(long examined) {
		invokeAll((listener) -> listener.progress(examined));
	}

	private void invokeAll(Consumer<SweepListener> event) {
		for (SweepListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException ex) {
				// the next listener is invoked all the same
			}
		}
	}

}

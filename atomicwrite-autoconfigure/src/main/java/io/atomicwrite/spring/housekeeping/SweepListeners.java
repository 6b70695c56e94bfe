package io.atomicwrite.spring.housekeeping;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.maintenance.SweepListener;

/**
 * Tells all listeners, though one may throw.
 */
final class SweepListeners implements SweepListener {

	private final List<SweepListener> listeners;

	SweepListeners(List<SweepListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void removed(Path file, ArtifactKind kind, long size) {
		tell((listener) -> listener.removed(file, kind, size));
	}

	@Override
	public void failed(Path path, String reason) {
		tell((listener) -> listener.failed(path, reason));
	}

	@Override
	public void progress(long examined) {
		tell((listener) -> listener.progress(examined));
	}

	private void tell(Consumer<SweepListener> event) {
		for (SweepListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException ex) {
				// the next one is told all the same
			}
		}
	}

}

package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.maintenance.SweepReport.Failure;
import io.atomicwrite.maintenance.SweepReport.Removed;

/**
 * Counts what a sweep does, and notifies the listener.
 */
final class SweepTally {

	static final int MAX_FAILURES = 100;

	private static final int PROGRESS_STEP = 1000;

	private final SweepListener listener;

	private final long start = System.nanoTime();

	private final Map<ArtifactKind, Removed> removed = new EnumMap<>(ArtifactKind.class);

	private final List<Failure> failures = new ArrayList<>();

	private long failureCount;

	private long examined;

	private long alive;

	private final Map<ArtifactKind, Long> young = new EnumMap<>(ArtifactKind.class);

	SweepTally(SweepListener listener) {
		this.listener = listener;
	}

	void examined() {
		this.examined++;
		if (this.examined % PROGRESS_STEP == 0) {
			progress();
		}
	}

	void removed(Path file, ArtifactKind kind, long size) {
		this.removed.merge(kind, new Removed(1, size),
				(sum, one) -> new Removed(sum.count() + one.count(), sum.bytes() + one.bytes()));
		publish((to) -> to.removed(file, kind, size));
	}

	void alive() {
		this.alive++;
	}

	void young(ArtifactKind kind) {
		this.young.merge(kind, 1L, Long::sum);
	}

	void failed(Path path, IOException reason) {
		failed(path, IoErrors.text(reason));
	}

	void failed(Path path, RuntimeException reason) {
		failed(path, String.valueOf(reason.getMessage()));
	}

	void failed(Path path, String reason) {
		this.failureCount++;
		if (this.failures.size() < MAX_FAILURES) {
			this.failures.add(new Failure(path, reason));
		}
		publish((to) -> to.failed(path, reason));
	}

	SweepReport report(Path directory, boolean dryRun, boolean skipped, boolean complete) {
		progress();
		return new SweepReport(directory, dryRun, skipped, complete, this.examined, this.removed, this.alive,
				this.young, this.failures, this.failureCount, Duration.ofNanos(System.nanoTime() - this.start));
	}

	private void progress() {
		publish((to) -> to.progress(this.examined));
	}

	private void publish(Consumer<SweepListener> event) {
		try {
			event.accept(this.listener);
		}
		catch (Throwable ex) {
			// a listener must not end a sweep; it can report its own failures
		}
	}

}

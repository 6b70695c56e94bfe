package io.atomicwrite.maintenance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.atomicwrite.maintenance.RecoveryReport.Action;
import io.atomicwrite.maintenance.RecoveryReport.Step;

/**
 * The steps of a recovery. A dry run has to know them, because it finds everything as it
 * was before.
 */
final class RecoverySteps {

	private final List<Step> steps = new ArrayList<>();

	private final Set<Path> files = new HashSet<>();

	void add(Path file, Action action, String reason) {
		this.steps.add(new Step(file, action, reason));
		this.files.add(file);
	}

	/** Returns whether there was a step for that file. */
	boolean has(Path file) {
		return this.files.contains(file);
	}

	List<Step> all() {
		return List.copyOf(this.steps);
	}

}

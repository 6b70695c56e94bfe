package io.atomicwrite.cli;

import java.nio.file.Path;

import io.atomicwrite.core.WriteListener;

/**
 * Reports the warnings of a run that writes several files: those of a file with its name,
 * and that of a mount once.
 */
final class WarningReport implements WriteListener {

	private final Reporter reporter;

	WarningReport(Reporter reporter) {
		this.reporter = reporter;
	}

	@Override
	public void warned(Path target, String warning) {
		this.reporter.warning(target.toString(), warning);
	}

}

package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.directory.DirectoryNotMountedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link DirectoryNotMountedException}.
 */
final class DirectoryNotMountedFailureAnalyzer extends AbstractFailureAnalyzer<DirectoryNotMountedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DirectoryNotMountedException cause) {
		String name = cause.directory().name();
		return new FailureAnalysis(
				"The managed directory '" + name + "' at " + cause.directory().path() + " requires a mount, but is on "
						+ cause.filesystem() + ". Nothing was created.",
				"Mount its filesystem before the application starts, set 'atomicwrite.directories." + name
						+ ".path' to a directory that is mounted, or set 'atomicwrite.directories." + name
						+ ".require-mount' to false.",
				cause);
	}

}

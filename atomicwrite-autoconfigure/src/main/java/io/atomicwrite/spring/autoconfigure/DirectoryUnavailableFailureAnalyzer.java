package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.directory.DirectoryUnavailableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link DirectoryUnavailableException}.
 */
final class DirectoryUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<DirectoryUnavailableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DirectoryUnavailableException cause) {
		String name = cause.directory().name();
		return new FailureAnalysis(
				"The managed directory '" + name + "' at " + cause.directory().path() + " can't be created or read: "
						+ cause.reason() + ".",
				"Create the directory and grant access to the user that runs the application, or set "
						+ "'atomicwrite.directories." + name + ".path' to another directory.",
				cause);
	}

}

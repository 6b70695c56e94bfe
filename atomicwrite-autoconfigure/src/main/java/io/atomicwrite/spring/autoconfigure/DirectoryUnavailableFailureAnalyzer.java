package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.directory.DirectoryUnavailableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a managed directory that is missing and can't be created.
 */
final class DirectoryUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<DirectoryUnavailableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DirectoryUnavailableException cause) {
		String name = cause.directory().name();
		return new FailureAnalysis(
				"The managed directory '" + name + "' at " + cause.directory().path()
						+ " does not exist and can't be created, or can't be read: " + cause.reason() + ".",
				"Create the directory for the user that runs the application, or set 'atomicwrite.directories." + name
						+ ".path' to another one.",
				cause);
	}

}

package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.directory.DirectoryNotWritableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a managed directory that can't be written.
 */
final class DirectoryNotWritableFailureAnalyzer extends AbstractFailureAnalyzer<DirectoryNotWritableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DirectoryNotWritableException cause) {
		String name = cause.directory().name();
		return new FailureAnalysis(
				"The managed directory '" + name + "' at " + cause.directory().path()
						+ " can't be written by the user that runs the application.",
				"Give that user write and search permission on the directory, mount its filesystem writable, or set "
						+ "'atomicwrite.directories." + name + ".path' to another directory.",
				cause);
	}

}

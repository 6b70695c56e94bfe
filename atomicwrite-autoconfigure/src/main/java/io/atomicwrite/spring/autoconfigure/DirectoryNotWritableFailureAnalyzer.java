package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.directory.DirectoryNotWritableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link DirectoryNotWritableException}.
 */
final class DirectoryNotWritableFailureAnalyzer extends AbstractFailureAnalyzer<DirectoryNotWritableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DirectoryNotWritableException cause) {
		String name = cause.directory().name();
		return new FailureAnalysis(
				"The managed directory '" + name + "' at " + cause.directory().path()
						+ " is not writable by the user that runs the application.",
				"Grant that user write and search permission on the directory, mount its filesystem read-write, clear the "
						+ "attribute of an immutable directory (see lsattr), or set " + "'atomicwrite.directories."
						+ name + ".path' to another directory.",
				cause);
	}

}

package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.directory.DirectoryNotAnsweringException;
import io.atomicwrite.spring.directory.StartupLimit;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link DirectoryNotAnsweringException}.
 */
final class DirectoryNotAnsweringFailureAnalyzer extends AbstractFailureAnalyzer<DirectoryNotAnsweringException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DirectoryNotAnsweringException cause) {
		String name = cause.directory().name();
		return new FailureAnalysis(
				"The managed directory '" + name + "' at " + cause.directory().path() + " did not answer within "
						+ DurationStyle.SIMPLE.print(cause.waited()) + ". Its filesystem hangs or is very slow.",
				StartupLimit.remedy() + " To use another directory, set 'atomicwrite.directories." + name + ".path'.",
				cause);
	}

}

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
		String managed = "managed directory '" + name + "' at " + cause.directory().path();
		String silent = cause.backups()
			.map((backups) -> "The backup directory " + backups + " of the " + managed)
			.orElse("The " + managed);
		String property = cause.backups().isPresent() ? "atomicwrite.backup.directory"
				: "atomicwrite.directories." + name + ".path";
		return new FailureAnalysis(
				silent + " did not answer within " + DurationStyle.SIMPLE.print(cause.waited())
						+ ". Its filesystem hangs or is very slow.",
				StartupLimit.remedy() + " To use another directory, set '" + property + "'.", cause);
	}

}

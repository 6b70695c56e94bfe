package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.directory.DirectoryNotConfiguredException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link DirectoryNotConfiguredException}.
 */
final class DirectoryNotConfiguredFailureAnalyzer extends AbstractFailureAnalyzer<DirectoryNotConfiguredException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DirectoryNotConfiguredException cause) {
		String name = cause.name();
		String property = "'atomicwrite.directories." + name + ".path'";
		if (cause.isKnown()) {
			return new FailureAnalysis(
					"The managed directory '" + name + "' needs a path, but " + property + " is not set.",
					"Set " + property + " to the path of the directory, or remove its other properties.", cause);
		}
		String others = cause.names().isEmpty() ? "There are no managed directories."
				: "The managed directories are " + String.join(", ", cause.names()) + ".";
		return new FailureAnalysis("There is no managed directory '" + name + "'. " + others, "Set " + property
				+ " to the path of a directory" + (cause.names().isEmpty() ? "." : ", or use one of these names."),
				cause);
	}

}

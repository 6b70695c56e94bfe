package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.publication.PublicationNotConfiguredException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link PublicationNotConfiguredException}.
 */
final class PublicationNotConfiguredFailureAnalyzer extends AbstractFailureAnalyzer<PublicationNotConfiguredException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PublicationNotConfiguredException cause) {
		String name = cause.name();
		String prefix = "atomicwrite.publications." + name;
		if (cause.isKnown()) {
			return new FailureAnalysis(
					"The publication '" + name + "' needs a path or a managed directory, and has both or neither.",
					"Set '" + prefix + ".path' to the directory of its versions, or '" + prefix
							+ ".directory' to the name of a managed directory, and remove the other.",
					cause);
		}
		String others = cause.names().isEmpty() ? "There are no publications."
				: "The publications are " + String.join(", ", cause.names()) + ".";
		return new FailureAnalysis("There is no publication '" + name + "'. " + others, "Set '" + prefix + ".path' or '"
				+ prefix + ".directory'" + (cause.names().isEmpty() ? "." : ", or use one of these names."), cause);
	}

}

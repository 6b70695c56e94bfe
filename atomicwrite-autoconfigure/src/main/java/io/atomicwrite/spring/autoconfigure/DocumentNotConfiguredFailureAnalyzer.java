package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.document.DocumentNotConfiguredException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link DocumentNotConfiguredException}.
 */
final class DocumentNotConfiguredFailureAnalyzer extends AbstractFailureAnalyzer<DocumentNotConfiguredException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DocumentNotConfiguredException cause) {
		String name = cause.name();
		String others = cause.names().isEmpty() ? "no document has properties"
				: "the documents with properties are " + String.join(", ", cause.names());
		String description = cause.isKnown() ? "The document '" + name + "' has properties, but no path."
				: "The document '" + name + "' has no properties; " + others + ".";
		String action = "Set 'atomicwrite.documents." + name + ".path' to the path of its file"
				+ (cause.isKnown() || cause.names().isEmpty() ? "." : ", or open it by one of these names.");
		return new FailureAnalysis(description, action, cause);
	}

}

package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.document.DocumentTypeConflictException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link DocumentTypeConflictException}.
 */
final class DocumentTypeConflictFailureAnalyzer extends AbstractFailureAnalyzer<DocumentTypeConflictException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DocumentTypeConflictException cause) {
		return new FailureAnalysis(
				"The document '" + cause.name() + "' is opened twice: as " + cause.first() + " and as " + cause.second()
						+ ", or with other options.",
				"Open it once, as a bean, and inject that; or give the other one a name and a file of its own.", cause);
	}

}

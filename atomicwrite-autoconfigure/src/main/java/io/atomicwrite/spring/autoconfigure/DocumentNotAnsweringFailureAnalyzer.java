package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.directory.StartupLimit;
import io.atomicwrite.spring.document.DocumentNotAnsweringException;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link DocumentNotAnsweringException}.
 */
final class DocumentNotAnsweringFailureAnalyzer extends AbstractFailureAnalyzer<DocumentNotAnsweringException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DocumentNotAnsweringException cause) {
		return new FailureAnalysis(
				"The file of the document '" + cause.name() + "' at " + cause.path() + " did not answer within "
						+ DurationStyle.SIMPLE.print(cause.waited()) + ". Its filesystem hangs or is very slow.",
				StartupLimit.remedy() + " To use another file, set 'atomicwrite.documents." + cause.name() + ".path'.",
				cause);
	}

}

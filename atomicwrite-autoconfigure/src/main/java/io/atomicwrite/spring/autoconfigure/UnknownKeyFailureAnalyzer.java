package io.atomicwrite.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link UnknownKeyException}.
 */
final class UnknownKeyFailureAnalyzer extends AbstractFailureAnalyzer<UnknownKeyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownKeyException cause) {
		String origin = cause.origin().isEmpty() ? "" : " (" + cause.origin() + ")";
		String likely = cause.likely().isEmpty() ? "Remove or correct it." : "Write '" + cause.likely() + "'.";
		return new FailureAnalysis(
				"The property '" + cause.property() + "'" + origin + " is not known.", likely + " The keys of "
						+ cause.thing() + " are " + cause.keys() + ". A name with dots goes in brackets, as in [a.b].",
				cause);
	}

}

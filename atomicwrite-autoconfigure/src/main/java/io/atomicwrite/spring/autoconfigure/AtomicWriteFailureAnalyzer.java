package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Remedy;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.StringUtils;

/**
 * Explains a file operation that failed while the application started.
 */
final class AtomicWriteFailureAnalyzer extends AbstractFailureAnalyzer<AtomicWriteException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, AtomicWriteException cause) {
		String state = cause.state().isEmpty() ? "" : " (" + cause.state() + ")";
		String description = "An operation on the file " + cause.target() + " failed: " + cause.problem().summary()
				+ state + ".";
		return new FailureAnalysis(description, action(cause.problem().remedy()), cause);
	}

	private static String action(Remedy remedy) {
		return RemedyProperties.of(remedy)
			.orElseGet(() -> StringUtils.capitalize((remedy != Remedy.NONE ? remedy : Remedy.SEE_CAUSE).text()) + ".");
	}

}

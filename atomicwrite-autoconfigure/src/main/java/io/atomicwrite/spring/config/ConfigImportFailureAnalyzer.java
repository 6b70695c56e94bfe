package io.atomicwrite.spring.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link ConfigImportException}.
 */
final class ConfigImportFailureAnalyzer extends AbstractFailureAnalyzer<ConfigImportException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConfigImportException cause) {
		return new FailureAnalysis(cause.description(), cause.action(), cause);
	}

}

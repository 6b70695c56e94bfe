package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.lock.UnusableLockStoreException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.StringUtils;

/**
 * A failure analyzer for {@link UnusableLockStoreException}.
 */
final class UnusableLockStoreFailureAnalyzer extends AbstractFailureAnalyzer<UnusableLockStoreException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableLockStoreException cause) {
		return new FailureAnalysis(StringUtils.capitalize(String.valueOf(cause.getMessage())) + ".", cause.action(),
				cause);
	}

}

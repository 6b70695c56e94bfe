package io.atomicwrite.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link LockStoreNotChosenException}.
 */
final class LockStoreNotChosenFailureAnalyzer extends AbstractFailureAnalyzer<LockStoreNotChosenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LockStoreNotChosenException cause) {
		return new FailureAnalysis("'atomicwrite.lock.scope' is cluster, " + what(cause), action(cause), cause);
	}

	private static String what(LockStoreNotChosenException cause) {
		if (cause.asked() != null) {
			return "and 'atomicwrite.lock.store' names the bean '" + cause.asked() + "', which does not exist.";
		}
		return cause.stores().isEmpty() ? "but there is no bean of type LockStore."
				: "and there are several beans of type LockStore (" + String.join(", ", cause.stores())
						+ "), none of which is primary.";
	}

	private static String action(LockStoreNotChosenException cause) {
		if (cause.stores().isEmpty()) {
			return "Declare a bean of type io.atomicwrite.lock.LockStore over the database or service that all hosts "
					+ "share, or set 'atomicwrite.lock.scope' to host.";
		}
		return "Set 'atomicwrite.lock.store' to one of " + String.join(", ", cause.stores()) + ".";
	}

}

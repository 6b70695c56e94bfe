package io.atomicwrite.test.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

/**
 * The tests of a class that were run by JUnit's own launcher, so that they may fail.
 */
public final class Launched implements TestExecutionListener {

	private final List<String> passed = new ArrayList<>();

	private final Map<String, Throwable> failed = new TreeMap<>();

	private Launched() {
	}

	/**
	 * Runs the tests of a class.
	 * @param tests the class
	 * @return what came of them
	 */
	public static Launched run(Class<?> tests) {
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(selectClass(tests))
			.build();
		Launched launched = new Launched();
		LauncherFactory.create().execute(request, launched);
		return launched;
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		Throwable failure = result.getThrowable().orElse(null);
		if (failure != null) {
			this.failed.put(test.getDisplayName(), failure);
		}
		else if (test.isTest()) {
			this.passed.add(test.getDisplayName());
		}
	}

	public List<String> passed() {
		return this.passed;
	}

	public Map<String, Throwable> failed() {
		return this.failed;
	}

}

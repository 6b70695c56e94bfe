package io.atomicwrite.test.spring;

import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;

/**
 * Entry point for assertions on the health of atomic writes. Its method has a name of its
 * own, so that it can be imported beside {@code Assertions.assertThat}.
 */
public final class AtomicHealthAssertions {

	private AtomicHealthAssertions() {
	}

	/**
	 * Starts assertions on the health of atomic writes, of all managed directories and
	 * documents together.
	 * @param endpoint the endpoint, a bean of the context
	 * @return the assertions
	 */
	public static AtomicHealthAssert assertThatHealth(HealthEndpoint endpoint) {
		return AtomicHealthAssert.of(endpoint);
	}

}

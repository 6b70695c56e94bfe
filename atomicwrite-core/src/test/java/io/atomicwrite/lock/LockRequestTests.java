package io.atomicwrite.lock;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of requests as values.
 */
class LockRequestTests {

	private static final List<LockRequest> DIFFERENT = List.of(LockRequest.none(), LockRequest.failFast(),
			LockRequest.waitForever(), LockRequest.waitUpTo(Duration.ofSeconds(1)),
			LockRequest.waitUpTo(Duration.ofSeconds(2)));

	@Test
	void requestsAreEqualOnlyIfTheyWaitTheSameWay() {
		for (int one = 0; one < DIFFERENT.size(); one++) {
			for (int two = 0; two < DIFFERENT.size(); two++) {
				assertThat(DIFFERENT.get(one).equals(DIFFERENT.get(two))).isEqualTo(one == two);
			}
		}
		LockRequest second = LockRequest.waitUpTo(Duration.ofMillis(1000));
		assertThat(second).isEqualTo(DIFFERENT.get(3)).hasSameHashCodeAs(DIFFERENT.get(3));
		assertThat(DIFFERENT).filteredOn(LockRequest::isNone).containsExactly(LockRequest.none());
		assertThat(DIFFERENT).filteredOn(LockRequest::isFailFast).containsExactly(LockRequest.failFast());
	}

	@Test
	void zeroDoesNotWait() {
		assertThat(LockRequest.waitUpTo(Duration.ZERO)).isEqualTo(LockRequest.failFast());
		assertThat(LockRequest.failFast().timeout()).contains(Duration.ZERO);
		assertThat(LockRequest.none().timeout()).contains(Duration.ZERO);
		assertThat(LockRequest.waitForever().timeout()).isEmpty();
	}

	@Test
	void negativeWaitIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> LockRequest.waitUpTo(Duration.ofMillis(-1)))
			.withMessageContaining("PT-0.001S");
	}

	@Test
	void textIsThatOfTheProperties() {
		assertThat(DIFFERENT).map(LockRequest::toString)
			.containsExactly("none", "fail-fast", "wait", "wait 1s", "wait 2s");
	}

	@ParameterizedTest
	@CsvSource({ "PT30S, wait 30s", "PT0.5S, wait 500ms", "PT1.5S, wait 1500ms", "PT60S, wait 1m", "PT90S, wait 90s",
			"PT2H, wait 2h", "PT0.0000005S, wait PT0.0000005S" })
	void timeIsInTheLargestUnitThatLosesNothing(Duration timeout, String text) {
		assertThat(LockRequest.waitUpTo(timeout)).hasToString(text);
	}

}

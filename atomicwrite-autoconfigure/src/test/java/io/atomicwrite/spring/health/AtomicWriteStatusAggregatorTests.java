package io.atomicwrite.spring.health;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which status a composite has, of atomicwrite and of the application.
 */
class AtomicWriteStatusAggregatorTests {

	private static final List<String> ORDER = List.of("DOWN", "OUT_OF_SERVICE", "LAST_GOOD", "INVALID", "DEGRADED",
			"UP", "UNKNOWN");

	private static final Map<String, Status> OWN = List
		.of(OwnStatus.DOWN, OwnStatus.OUT_OF_SERVICE, OwnStatus.LAST_GOOD, OwnStatus.INVALID, OwnStatus.DEGRADED,
				OwnStatus.UP, OwnStatus.UNKNOWN)
		.stream()
		.collect(Collectors.toMap(Status::getCode, Function.identity()));

	private final StatusAggregator aggregator = new AtomicWriteStatusAggregator(
			StatusAggregator.of("down", "out-of-service", "up", "degraded", "invalid", "last-good", "unknown"));

	@Test
	void aCompositeOfAtomicwriteIsNeverBetterThanItsParts() {
		for (int worst = 0; worst < ORDER.size(); worst++) {
			for (int other = worst; other < ORDER.size(); other++) {
				assertThat(aggregated(own(ORDER.get(other)), own(ORDER.get(worst)))).isEqualTo(ORDER.get(worst));
			}
		}
	}

	@Test
	void theSumOfTheApplicationIsAsItWas() {
		for (String of : List.of("INVALID", "LAST_GOOD", "DEGRADED", "UP", "UNKNOWN")) {
			assertThat(aggregated(Status.UP, own(of))).isEqualTo("UP");
			assertThat(aggregated(own(of), Status.UP)).isEqualTo("UP");
		}
		assertThat(aggregated(Status.UP, own("DOWN"))).isEqualTo("DOWN");
		assertThat(aggregated(Status.OUT_OF_SERVICE, own("INVALID"))).isEqualTo("OUT_OF_SERVICE");
		// whoever else has such a status decides on it
		assertThat(aggregated(Status.UP, new Status("INVALID"))).isEqualTo("UP");
		assertThat(this.aggregator.getAggregateStatus(Set.of())).isEqualTo(Status.UNKNOWN);
	}

	@Test
	void whatIsAggregatedCountsAsOwnInTheCompositeAbove() {
		Status documents = this.aggregator.getAggregateStatus(Set.of(own("UP"), own("INVALID")));
		assertThat(this.aggregator.getAggregateStatus(new LinkedHashSet<>(List.of(own("UP"), documents))).getCode())
			.isEqualTo("INVALID");
	}

	private String aggregated(Status... statuses) {
		return this.aggregator.getAggregateStatus(new LinkedHashSet<>(List.of(statuses))).getCode();
	}

	private static Status own(String code) {
		return Objects.requireNonNull(OWN.get(code));
	}

}

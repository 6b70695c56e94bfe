package io.atomicwrite.spring.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.atomicwrite.spring.document.DocumentProperties;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Durations that are numbers.
 */
class DurationUnitTests {

	@Test
	void aNumberIsInSeconds() {
		AtomicWriteProperties properties = bind("atomicwrite", AtomicWriteProperties.class,
				Map.of("atomicwrite.lock.timeout", "5", "atomicwrite.startup-timeout", "6", "atomicwrite.look-timeout",
						"7", "atomicwrite.housekeeping.interval", "8", "atomicwrite.housekeeping.orphan-age", "9",
						"atomicwrite.housekeeping.lock-age", "10", "atomicwrite.housekeeping.backup-age", "11"));
		AtomicWriteProperties.Housekeeping housekeeping = properties.housekeeping();
		assertThat(properties.lock().timeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(properties.startupTimeout()).isEqualTo(Duration.ofSeconds(6));
		assertThat(properties.lookTimeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(housekeeping.interval()).isEqualTo(Duration.ofSeconds(8));
		assertThat(housekeeping.orphanAge()).isEqualTo(Duration.ofSeconds(9));
		assertThat(housekeeping.lockAge()).isEqualTo(Duration.ofSeconds(10));
		assertThat(housekeeping.backupAge()).isEqualTo(Duration.ofSeconds(11));
	}

	@Test
	void theQuietPeriodOfADocumentIsInMilliseconds() {
		DocumentProperties properties = bind("d", DocumentProperties.class,
				Map.of("d.quiet-period", "100", "d.poll-interval", "3"));
		assertThat(properties.quietPeriod()).isEqualTo(Duration.ofMillis(100));
		assertThat(properties.pollInterval()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void aUnitThatIsGivenCounts() {
		assertThat(bind("atomicwrite", AtomicWriteProperties.class, Map.of("atomicwrite.lock.timeout", "50ms")).lock()
			.timeout()).isEqualTo(Duration.ofMillis(50));
	}

	private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
	}

}

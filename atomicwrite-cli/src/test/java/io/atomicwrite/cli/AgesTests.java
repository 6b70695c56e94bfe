package io.atomicwrite.cli;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Lengths of time as they are typed.
 */
class AgesTests {

	@ParameterizedTest
	@CsvSource({ "30m, PT30M, 30m", "2h, PT2H, 2h", "7d, PT168H, 7d", "7D, PT168H, 7d", "3, PT72H, 3d", "0, PT0S, 0s",
			"1.5h, PT1H30M, 90m", "500ms, PT0.5S, 500ms", "90s, PT1M30S, 90s", "1w, PT168H, 7d" })
	void readsNumbersWithAndWithoutUnit(String text, Duration length, String shortest) {
		assertThat(Ages.parse("--older-than", text, Duration.ofDays(1))).isEqualTo(length);
		assertThat(Ages.text(length)).isEqualTo(shortest);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "h", "-1", "1y", "1h30m", "1..5", "99999999999d", "NaN", "0x1p3" })
	void refusesAnythingElse(String text) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> Ages.parse("--older-than", text, Duration.ofDays(1)))
			.satisfies((failure) -> assertThat(failure.file()).isEqualTo("--older-than"));
	}

}

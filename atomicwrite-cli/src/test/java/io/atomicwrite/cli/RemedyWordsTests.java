package io.atomicwrite.cli;

import io.atomicwrite.Remedy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the command advises.
 */
class RemedyWordsTests {

	/** Such as {@code WriteOptions} or {@code atomicwrite.safety}. */
	private static final String NOT_OF_THE_COMMAND = ".*([A-Z][a-z]+[A-Z]|[a-z][A-Z]|atomicwrite\\.|\\(\\)).*";

	@ParameterizedTest
	@EnumSource(Remedy.class)
	void remedyNamesNoTypeAndNoProperty(Remedy remedy) {
		assertThat(RemedyWords.of(remedy)).doesNotMatch(NOT_OF_THE_COMMAND);
	}

	/** What an option does about it is said by that option. */
	@ParameterizedTest
	@CsvSource({ "LEAVE_MODE,--no-preserve-mode", "RELAX_METADATA,--preserve-owner", "RELAX_SAFETY,--safety",
			"REQUIRE_LESS,--require", "PERMIT_COMPANIONS,--backup-dir", "PERMIT_LOCKING,--lock-file",
			"ENABLE_LOCKS,--lock-file", "LOCK_ELSEWHERE,--lock-file" })
	void remedyNamesTheOption(Remedy remedy, String option) {
		assertThat(RemedyWords.of(remedy)).contains(option);
	}

}

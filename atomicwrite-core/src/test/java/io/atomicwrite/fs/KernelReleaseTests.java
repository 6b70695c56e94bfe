package io.atomicwrite.fs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What kernels are called, and which of them are new enough.
 */
class KernelReleaseTests {

	@ParameterizedTest
	@CsvSource({ "5.2, true", "5.2.0-rc1, true", "5.10.0-28-amd64, true", "6.0, true", "10.1, true", "5.1.21, false",
			"4.18.0-553.el8, false", "unknown, false", "'', false", "5, false" })
	void releasesAreComparedByTheirNumbers(String release, boolean atLeast) {
		assertThat(KernelRelease.of(release).isAtLeast(5, 2)).isEqualTo(atLeast);
	}

	@Test
	void theRunningKernelHasARelease() {
		assertThat(KernelRelease.running().isAtLeast(3, 10)).isTrue();
	}

}

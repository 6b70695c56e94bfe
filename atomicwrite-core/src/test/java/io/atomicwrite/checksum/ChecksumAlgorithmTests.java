package io.atomicwrite.checksum;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The properties of an algorithm that are known without its provider.
 */
class ChecksumAlgorithmTests {

	@ParameterizedTest
	@ValueSource(strings = { "SHA-256", "SHA-384", "SHA-512", "SHA-224", "SHA-512/224", "SHA-512/256", "SHA3-224",
			"SHA3-256", "SHA3-384", "SHA3-512" })
	void hasAsManyDigitsAsItsProviderGives(String name) {
		ChecksumAlgorithm algorithm = ChecksumAlgorithm.of(name);
		assertThat(algorithm.digits()).isEqualTo(2 * algorithm.newDigest().getDigestLength());
	}

}

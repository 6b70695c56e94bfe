package io.atomicwrite.checksum;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Checksums of known contents, and the names of algorithms.
 */
class ChecksumTests {

	/** Of "abc", from FIPS 180-4. */
	private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

	@Test
	void bytesAndStreamsHaveTheKnownDigest() throws Exception {
		byte[] content = "abc".getBytes(StandardCharsets.US_ASCII);
		Checksum checksum = Checksum.of(ChecksumAlgorithm.SHA_256, content);
		assertThat(checksum.hex()).isEqualTo(ABC).isEqualTo(checksum.toString());
		assertThat(Checksum.of(ChecksumAlgorithm.SHA_256, new ByteArrayInputStream(content))).isEqualTo(checksum);
		assertThat(new Checksum(ChecksumAlgorithm.SHA_256, ABC.toUpperCase(java.util.Locale.ROOT))).isEqualTo(checksum);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ba78", "za7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" })
	void invalidDigestIsRefused(String hex) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Checksum(ChecksumAlgorithm.SHA_256, hex))
			.withMessageContaining("is not a checksum of algorithm SHA-256");
	}

	@ParameterizedTest
	@CsvSource({ "SHA-256, sha256", "sha512, sha512", "SHA-512/256, sha512-256", "sha3-256, sha3-256" })
	void algorithmsAreKnownByNameAndSuffix(String name, String suffix) {
		ChecksumAlgorithm algorithm = ChecksumAlgorithm.of(name);
		assertThat(algorithm.suffix()).isEqualTo(suffix);
		assertThat(ChecksumAlgorithm.of(algorithm.name())).isEqualTo(algorithm).hasSameHashCodeAs(algorithm);
		assertThat(algorithm).isNotEqualTo(ChecksumAlgorithm.SHA_384).hasToString(algorithm.name());
		assertThat(algorithm.newDigest().getDigestLength() * 2).isEqualTo(algorithm.digits());
	}

	@ParameterizedTest
	@ValueSource(strings = { "MD5", "SHA-1", "", "sha" })
	void forgeableAlgorithmIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> ChecksumAlgorithm.of(name))
			.withMessageContaining("use one of SHA-256, ");
		assertThat(ChecksumAlgorithm.usual()).containsExactly(ChecksumAlgorithm.SHA_256, ChecksumAlgorithm.SHA_384,
				ChecksumAlgorithm.SHA_512);
	}

	@Test
	void thePreviousContentIsValidToo() {
		Checksum now = Checksum.of(ChecksumAlgorithm.SHA_256, new byte[] { 1 });
		Checksum before = Checksum.of(ChecksumAlgorithm.SHA_256, new byte[] { 2 });
		Checksum other = Checksum.of(ChecksumAlgorithm.SHA_256, new byte[] { 3 });
		ChecksumInfo info = new ChecksumInfo(Path.of("f"), Path.of("f.sha256"), now, before);
		assertThat(info.attests(now)).isTrue();
		assertThat(info.attests(before)).isTrue();
		assertThat(info.attests(other)).isFalse();
	}

	@Test
	void linesOfOthersAreKnown() {
		String ours = new Sidecar("f", Checksum.of(ChecksumAlgorithm.SHA_256, new byte[0]), null).format();
		assertThat(Sidecar.isOfOneFile(ours + "# previous " + ABC + "\n\n")).isTrue();
		assertThat(Sidecar.isOfOneFile(ours + ABC + "  g\n")).isFalse();
	}

}

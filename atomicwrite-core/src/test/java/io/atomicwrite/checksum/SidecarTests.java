package io.atomicwrite.checksum;

import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.test.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The content of sidecars, compared with the GNU tools.
 */
class SidecarTests {

	private static final ChecksumAlgorithm SHA_256 = ChecksumAlgorithm.SHA_256;

	private static final Checksum ONE = Checksum.of(SHA_256, new byte[] { 1 });

	private static final Checksum TWO = Checksum.of(SHA_256, new byte[] { 2 });

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "config.json", "with space", "ä.json", "back\\slash", "new\nline", "car\rriage", "*star",
			"  leading" })
	void isWhatTheToolsOfGnuWriteAndCheck(String name) throws Exception {
		Path file = Files.write(this.directory.resolve(name), new byte[] { 1 });
		Path sidecar = this.directory.resolve("sums");
		Files.writeString(sidecar, new Sidecar(name, ONE, TWO).format());
		Shell.run("sh", "-c", "cd '" + this.directory + "' && sha256sum --strict --check sums");
		String theirs = Shell.run("sh", "-c", "cd '" + this.directory + "' && sha256sum -- \"$0\"", name);
		assertThat(Sidecar.parse(theirs, SHA_256, name)).isEqualTo(new Sidecar(name, ONE, null));
		assertThat(file).exists();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SHA-256", "SHA-384", "SHA-512", "sha512", "SHA-224" })
	void otherAlgorithmsHaveToolsToo(String name) throws Exception {
		ChecksumAlgorithm algorithm = ChecksumAlgorithm.of(name);
		Files.write(this.directory.resolve("f"), new byte[] { 1 });
		Files.writeString(this.directory.resolve("f." + algorithm.suffix()),
				new Sidecar("f", Checksum.of(algorithm, new byte[] { 1 }), null).format());
		Shell.run("sh", "-c", "cd '" + this.directory + "' && " + algorithm.suffix() + "sum --strict --check f."
				+ algorithm.suffix());
	}

	@Test
	void readsWhatItWrites() {
		for (Sidecar sidecar : new Sidecar[] { new Sidecar("f", ONE, null), new Sidecar("a\\b\nc", ONE, TWO) }) {
			assertThat(Sidecar.parse(sidecar.format(), SHA_256, sidecar.name())).isEqualTo(sidecar);
		}
	}

	@Test
	void hasNoEntryForOtherFilesAndOtherAlgorithms() {
		String text = new Sidecar("f", ONE, null).format();
		assertThat(Sidecar.parse(text, SHA_256, "g")).isNull();
		assertThat(Sidecar.parse(text, ChecksumAlgorithm.SHA_512, "f")).isNull();
		assertThat(Sidecar.parse("", SHA_256, "f")).isNull();
		assertThat(Sidecar.parse("garbage\n\0\n", SHA_256, "f")).isNull();
		assertThat(Sidecar.isOfOneFile(text)).isTrue();
		assertThat(Sidecar.isOfOneFile(text + new Sidecar("g", TWO, null).format())).isFalse();
	}

	@Test
	void unknownAlgorithmIsNamedWithTheSupportedOnes() {
		assertThatIllegalArgumentException().isThrownBy(() -> ChecksumAlgorithm.of("MD5"))
			.withMessageContaining("'MD5' is not a supported checksum algorithm")
			.withMessageContaining("SHA-256, SHA-384, SHA-512");
	}

}

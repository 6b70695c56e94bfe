package io.atomicwrite.checksum;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.atomicwrite.test.Fuzzing;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sidecars: what is formatted is parsed back and checked by {@code sha256sum}, and any
 * other text says nothing or what stands in it.
 */
class SidecarProperties {

	private static final Fuzzing FUZZING = new Fuzzing("fuzz-sidecars",
			"sidecars of files of any name, parsed back and held against sha256sum; any text and attributes",
			SidecarProperties.class);

	@Property(seed = Fuzzing.SEED)
	void whatIsFormattedIsParsedBack(@ForAll("fileNames") String name,
			@ForAll("algorithms") ChecksumAlgorithm algorithm, @ForAll byte[] content, @ForAll byte[] before,
			@ForAll boolean first) throws Exception {
		FUZZING.check(() -> {
			Sidecar sidecar = new Sidecar(name, checksum(algorithm, content),
					first ? null : checksum(algorithm, before));
			String text = sidecar.format();
			assertThat(Sidecar.parse(text, algorithm, name)).isEqualTo(sidecar);
			assertThat(Sidecar.isOfOneFile(text)).isTrue();
			assertThat(Sidecar.parse(text, algorithm, name + "x")).isNull();
			assertThat(Sidecar.parse(text, algorithm, "x" + name)).isNull();
		});
	}

	@Property(tries = 10, seed = Fuzzing.SEED, edgeCases = EdgeCasesMode.NONE)
	void sha256sumAcceptsWhatIsFormatted(@ForAll @Size(min = 1, max = 30) List<@From("fileNames") String> names)
			throws Exception {
		Path directory = Files.createTempDirectory("sidecars");
		List<Path> files = new ArrayList<>();
		try {
			StringBuilder all = new StringBuilder();
			for (String name : names.stream().distinct().toList()) {
				byte[] content = name.getBytes(StandardCharsets.UTF_8);
				files.add(Files.write(directory.resolve(name), content));
				all.append(new Sidecar(name, checksum(ChecksumAlgorithm.SHA_256, content), null).format());
			}
			FUZZING.check(() -> {
				files.add(Files.writeString(directory.resolve("SUMS"), all));
				Process check = new ProcessBuilder("sha256sum", "--strict", "--quiet", "-c", "SUMS")
					.directory(directory.toFile())
					.redirectErrorStream(true)
					.start();
				String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
				assertThat(check.waitFor()).as(output).isZero();
			});
		}
		finally {
			for (Path file : files) {
				Files.deleteIfExists(file);
			}
			Files.delete(directory);
		}
	}

	@Property(seed = Fuzzing.SEED)
	void anyTextSaysNothingButWhatStandsInIt(@ForAll("texts") String text, @ForAll("fileNames") String name,
			@ForAll("algorithms") ChecksumAlgorithm algorithm) throws Exception {
		FUZZING.check(() -> {
			Sidecar parsed = Sidecar.parse(text, algorithm, name);
			if (parsed != null) {
				assertThat(text).containsIgnoringCase(parsed.current().hex());
				assertThat(parsed.current().hex()).hasSize(algorithm.newDigest().getDigestLength() * 2);
				if (parsed.previous() != null) {
					assertThat(text).containsIgnoringCase("# previous " + parsed.previous().hex());
				}
			}
			Sidecar.isOfOneFile(text);
		});
	}

	@Property(seed = Fuzzing.SEED)
	void anyAttributeIsAChecksumOrNothing(@ForAll("attributeNames") String name, @ForAll("texts") String value)
			throws Exception {
		FUZZING.check(() -> {
			Checksum parsed = Sidecar.parseAttributes(Map.of(name, value.getBytes(StandardCharsets.UTF_8)));
			if (parsed != null) {
				assertThat(name).isEqualToIgnoringCase(parsed.algorithm().attribute());
				assertThat(value).isEqualToIgnoringCase(parsed.hex());
			}
		});
	}

	private static Checksum checksum(ChecksumAlgorithm algorithm, byte[] content) {
		return new Checksum(algorithm, HexFormat.of().formatHex(algorithm.newDigest().digest(content)));
	}

	@AfterContainer
	static void record() throws IOException {
		FUZZING.write();
	}

	@Provide
	Arbitrary<String> fileNames() {
		Arbitrary<String> parts = Arbitraries.oneOf(
				Arbitraries.of("\\", "\n", "\r", "\\n", "\\\\", " ", "  ", "*", "#", "# previous ", "é", "\t", "\u0085",
						"\u2028", "\u2029", "a".repeat(64)),
				Arbitraries.strings().withCharRange('\u0001', '\u007e').ofMaxLength(8));
		return parts.list()
			.ofMinSize(1)
			.ofMaxSize(5)
			.map((list) -> String.join("", list).replace("/", "_"))
			.filter((name) -> !name.isEmpty() && !name.equals(".") && !name.equals("..") && !name.equals("SUMS"));
	}

	@Provide
	Arbitrary<String> texts() {
		Arbitrary<String> digests = Arbitraries.strings()
			.withChars("0123456789abcdefABCDEF")
			.ofLength(64)
			.injectDuplicates(0.2);
		Arbitrary<String> parts = Arbitraries.oneOf(digests, fileNames(),
				Arbitraries.of("  ", " *", "\\", "\n", "\r\n", "# previous ", "/", "\u2028"),
				Arbitraries.strings().ofMaxLength(20));
		return parts.list().ofMaxSize(12).map((list) -> String.join("", list));
	}

	@Provide
	Arbitrary<ChecksumAlgorithm> algorithms() {
		return Arbitraries.of("SHA-256", "SHA-384", "SHA-512", "SHA-512/256", "SHA3-256").map(ChecksumAlgorithm::of);
	}

	@Provide
	Arbitrary<@Nullable String> attributeNames() {
		return Arbitraries.oneOf(Arbitraries.of("atomicwrite.sha256", "atomicwrite.SHA-512", "atomicwrite.", "sha256"),
				Arbitraries.strings().ofMaxLength(20).map((end) -> "atomicwrite." + end));
	}

}

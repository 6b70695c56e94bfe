package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How the starter words remedies.
 */
@ExtendWith(OutputCaptureExtension.class)
class RemedyPropertiesTests {

	private static final Pattern PROPERTY = Pattern.compile("'(atomicwrite\\.[a-z.-]+)'");

	private static final Path FILE = Path.of("/data/f");

	@ParameterizedTest
	@EnumSource(Remedy.class)
	void propertiesThatAreNamedExist(Remedy remedy) throws IOException {
		String metadata = new ClassPathResource("META-INF/spring-configuration-metadata.json")
			.getContentAsString(StandardCharsets.UTF_8);
		RemedyProperties.of(remedy).ifPresent((text) -> {
			Matcher named = PROPERTY.matcher(text);
			List<String> names = named.results().map((found) -> found.group(1)).toList();
			assertThat(names).isNotEmpty().allSatisfy((name) -> assertThat(metadata).contains('"' + name + '"'));
		});
	}

	/** What the engine words by a policy of its API, the starter words by a property. */
	@ParameterizedTest
	@EnumSource(value = Remedy.class,
			names = { "RELAX_SAFETY", "PERMIT_DIRECTORY_READING", "KEEP_CHECKSUM", "TAKE_LOCK", "LOCK_ELSEWHERE",
					"STAY_WITHIN_BASE", "RELAX_METADATA", "REQUIRE_LESS", "LEAVE_MODE", "PERMIT_COMPANIONS",
					"CREATE_BACKUP_DIRECTORY", "ENABLE_LOCKS" })
	void remedyThatAPropertySetsNamesIt(Remedy remedy) {
		FailureAnalysis analysis = analyze(remedy);
		assertThat(analysis.getDescription()).contains(FILE.toString(), "it failed", "the target is as it was")
			.doesNotContain("WriteOptions");
		assertThat(analysis.getAction()).contains("'atomicwrite.").doesNotContain("WriteOptions");
	}

	@Test
	void remedyThatNoPropertySetsIsWordedByTheEngine() {
		assertThat(analyze(Remedy.FREE_SPACE).getAction()).isEqualTo("Free space or inodes on the filesystem.");
		assertThat(analyze(Remedy.NONE).getAction()).isEqualTo("See the cause.");
	}

	@Test
	void logNamesThePropertyOncePerDirectory(CapturedOutput output, @TempDir Path directory) {
		WriteOptions lacking = WriteOptions.engineDefaults()
			.toBuilder()
			.safety(SafetyPolicy.BEST_EFFORT)
			.require(Guarantee.INTEGRITY_DETECTION, GuaranteeLevel.BEST_EFFORT)
			.build();
		WriteOptions once = WriteOptions.engineDefaults()
			.toBuilder()
			.safety(SafetyPolicy.BEST_EFFORT)
			.overwrite(false)
			.build();
		try (AtomicFileTemplate template = AtomicFileTemplate.builder().listener(new LoggingWriteListener()).build()) {
			for (String name : new String[] { "a", "b" }) {
				assertThatExceptionOfType(UnsupportedEnvironmentException.class)
					.isThrownBy(() -> template.writeString(directory.resolve(name), "x", lacking))
					.withMessageNotContaining("atomicwrite.checksum")
					.satisfies((ex) -> assertThat(ex.problem().remedy()).isEqualTo(Remedy.KEEP_CHECKSUM));
			}
			template.writeString(directory.resolve("c"), "x", once);
			assertThatExceptionOfType(TargetExistsException.class)
				.isThrownBy(() -> template.writeString(directory.resolve("c"), "x", once));
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("Writes to"))).singleElement()
			.asString()
			.contains("Writes to " + directory, "INTEGRITY_DETECTION", "'atomicwrite.checksum.mode'");
	}

	@Test
	void whatIsLostIsLoggedOncePerFile(CapturedOutput output, @TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("f"), "old");
		try (AtomicFileTemplate template = AtomicFileTemplate.builder().listener(new LoggingWriteListener()).build()) {
			for (int i = 0; i < 3; i++) {
				Files.deleteIfExists(directory.resolve("second"));
				Files.createLink(directory.resolve("second"), file);
				template.writeString(file, "new");
			}
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("does not have its"))).singleElement()
			.asString()
			.contains(file.toRealPath() + " does not have its hard links (1 other name", "(logged once per file)");
	}

	private static FailureAnalysis analyze(Remedy remedy) {
		return new AtomicWriteFailureAnalyzer().analyze(failure(remedy));
	}

	private static WriteFailedException failure(Remedy remedy) {
		return new WriteFailedException(FILE, WritePhase.STAGE, WriteOutcome.NOT_COMMITTED,
				Problem.of("it failed", remedy).causedBy(IoErrorKind.OTHER), null);
	}

}

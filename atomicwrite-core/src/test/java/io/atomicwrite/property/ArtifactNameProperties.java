package io.atomicwrite.property;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.artifact.BackupGeneration;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.test.Fuzzing;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is formatted is parsed back, and what is not is nobody's artifact.
 */
class ArtifactNameProperties {

	private static final Fuzzing FUZZING = new Fuzzing("fuzz-names",
			"names of targets of any characters and length under any limit, formatted as each kind of artifact and parsed back;"
					+ " names that differ from an artifact's by one character; any strings",
			ArtifactNameProperties.class);

	private static final List<String> SUFFIXES = List.of("sha224", "sha256", "sha384", "sha512", "sha512-224",
			"sha512-256", "sha3-224", "sha3-256", "sha3-384", "sha3-512");

	private static final Instant FIRST = LocalDateTime.of(0, 1, 1, 0, 0, 0).toInstant(ZoneOffset.UTC);

	private static final Instant LAST = LocalDateTime.of(9999, 12, 31, 23, 59, 59).toInstant(ZoneOffset.UTC);

	private static final String PROBE = "(?s)\\.?\\.?atomicwrite-probe-[0-9a-f]{16}(\\..*)?";

	/** The end of it reads as the time of a backup. */
	private static final String STAMPED = "(?s).+\\.\\d{8}-\\d{6}(-\\d+)?";

	@Property(seed = Fuzzing.SEED)
	void stagingFileIsParsedBack(@ForAll("targets") String target, @ForAll long token,
			@ForAll @IntRange(min = 60, max = 255) int limit) throws Exception {
		FUZZING.check(() -> {
			String name = ArtifactNames.staging(target, token, limit);
			assertWhole(name, ArtifactKind.STAGING, target, limit);
			assertThat(ArtifactNames.parse(ArtifactNames.aside(name))).isNotEqualTo(ArtifactNames.parse(name));
		});
	}

	@Property(seed = Fuzzing.SEED)
	void lockFileAndSidecarAreParsedBack(@ForAll("targets") String target, @ForAll("suffixes") String suffix,
			@ForAll @IntRange(min = 60, max = 255) int limit) throws Exception {
		Assume.that(!target.matches(PROBE));
		FUZZING.check(() -> {
			assertWhole(ArtifactNames.lock(target, limit), ArtifactKind.LOCK, target, limit);
			assertWhole(ArtifactNames.sidecar(target, suffix, limit), ArtifactKind.SIDECAR, target, limit);
			assertWhole(ArtifactNames.manifest(CompanionNames.VISIBLE, target, limit), ArtifactKind.SIDECAR, target,
					limit);
		});
	}

	@Property(seed = Fuzzing.SEED)
	void backupIsParsedBack(@ForAll("targets") String target, @ForAll("generations") BackupGeneration generation,
			@ForAll @IntRange(min = 80, max = 255) int limit) throws Exception {
		Assume.that(!target.matches(PROBE) && !target.matches(STAMPED));
		FUZZING.check(() -> {
			String name = ArtifactNames.backup(target, generation, ".backup", limit);
			assertWhole(name, ArtifactKind.BACKUP, target, limit);
			assertThat(ArtifactNames.generation(name, ".backup")).isEqualTo(generation);
			assertThat(ArtifactNames.generation(name, target + "x", ".backup", limit)).isNull();
			String own = ArtifactNames.backup(target, generation, ".bak", limit);
			assertThat(ArtifactNames.generation(own, ".backup")).isNull();
		});
	}

	@Property(seed = Fuzzing.SEED)
	void backupIsThatOfItsTarget(@ForAll("targets") String target, @ForAll("generations") BackupGeneration generation,
			@ForAll @IntRange(min = 80, max = 255) int limit) throws Exception {
		FUZZING.check(() -> {
			for (String suffix : List.of(".backup", ".bak")) {
				String name = ArtifactNames.backup(target, generation, suffix, limit);
				assertThat(ArtifactNames.generation(name, target, suffix, limit)).isEqualTo(generation);
			}
		});
	}

	private static void assertWhole(String name, ArtifactKind kind, String target, int limit) {
		assertThat(ArtifactNames.length(name)).isLessThanOrEqualTo(limit);
		Artifact parsed = Objects.requireNonNull(ArtifactNames.parse(name));
		assertThat(parsed.kind()).isEqualTo(kind);
		if (!parsed.stem().equals(target)) {
			assertThat(parsed.shortened()).isTrue();
			assertThat(target).startsWith(parsed.stem().substring(0, parsed.stem().length() - 17));
		}
	}

	@Property(seed = Fuzzing.SEED)
	void oneCharacterLessIsNoStagingFile(@ForAll("targets") String target, @ForAll long token,
			@ForAll @IntRange(max = 20) int place) throws Exception {
		// "a." with a dot less is the staging file of "a"
		Assume.that(!target.startsWith(".") && !target.endsWith(".") && target.length() < 60);
		FUZZING.check(() -> {
			String name = ArtifactNames.staging(target, token, ArtifactNames.USUAL_LIMIT);
			assertThat(kind(name.substring(1))).isNotEqualTo(ArtifactKind.STAGING);
			int at = name.length() - 1 - place;
			assertThat(kind(name.substring(0, at) + name.substring(at + 1))).isNotEqualTo(ArtifactKind.STAGING);
			for (String other : List.of("g", "A", "/", "\n", "\uff11")) {
				assertThat(kind(name.substring(0, at) + other + name.substring(at + 1)))
					.isNotEqualTo(ArtifactKind.STAGING);
			}
		});
	}

	@Property(seed = Fuzzing.SEED)
	void anyNameIsParsedOrRefused(@ForAll("names") String name) throws Exception {
		FUZZING.check(() -> {
			Artifact parsed = ArtifactNames.parse(name);
			if (parsed != null) {
				assertThat(name).contains(parsed.stem());
				assertThat(name).matches(switch (parsed.kind()) {
					case STAGING -> "(?s)\\..+\\.[0-9a-f]{16}\\.tmp";
					case LOCK -> "(?s).+\\.lock";
					case SIDECAR -> "(?s).+\\.(sha[0-9]+(-[0-9]+)?|manifest\\.json)";
					case BACKUP -> "(?s).+\\.backup";
					case PROBE -> "(?s)\\.atomicwrite-probe-[0-9a-f]{16}(\\..*)?";
				});
			}
			BackupGeneration generation = ArtifactNames.generation(name, ".backup");
			if (generation != null && !generation.plain()) {
				String ending = ArtifactNames.backup("", generation, ".backup", Integer.MAX_VALUE);
				assertThat(name).endsWith(ending).hasSizeGreaterThan(ending.length());
			}
		});
	}

	private static ArtifactKind kind(String name) {
		Artifact parsed = ArtifactNames.parse(name);
		return (parsed != null) ? parsed.kind() : null;
	}

	@AfterContainer
	static void record() throws IOException {
		FUZZING.write();
	}

	/** Whatever a filesystem of Linux takes. */
	@Provide
	Arbitrary<String> targets() {
		return names().map((name) -> name.replace("/", "_").replace("\0", "_"))
			.filter((name) -> !name.isEmpty() && !name.equals(".") && !name.equals("..")
					&& ArtifactNames.length(name) <= ArtifactNames.USUAL_LIMIT
					&& name.codePoints().noneMatch((c) -> c >= 0xd800 && c < 0xe000));
	}

	@Provide
	Arbitrary<String> names() {
		Arbitrary<String> parts = Arbitraries.oneOf(
				Arbitraries.of(".", "..", ".tmp", ".lock", ".backup", ".bak", "~", "-2", "-1", "-99999999999",
						".20260131-235959", ".20260231-235959", ".99999999-999999", ".0123456789abcdef",
						"~0123456789abcdef", ".atomicwrite-probe-0123456789abcdef", "config.json", "\n", "\u2028", "é",
						"\ud83d\ude00", "x".repeat(200)),
				Arbitraries.of(SUFFIXES).map((suffix) -> "." + suffix), Arbitraries.strings().ofMaxLength(12));
		return parts.list().ofMaxSize(5).map((list) -> String.join("", list));
	}

	@Provide
	Arbitrary<String> suffixes() {
		return Arbitraries.of(SUFFIXES);
	}

	@Provide
	Arbitrary<BackupGeneration> generations() {
		Arbitrary<Instant> times = Arbitraries.longs()
			.between(FIRST.getEpochSecond(), LAST.getEpochSecond())
			.map(Instant::ofEpochSecond);
		return Arbitraries.oneOf(Arbitraries.just(BackupGeneration.PLAIN),
				Combinators.combine(times, Arbitraries.integers().between(1, 9_999_999)).as(BackupGeneration::new));
	}

}

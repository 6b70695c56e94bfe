package io.atomicwrite.rules;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.guarantee.FilesystemClass;
import io.atomicwrite.guarantee.GuaranteeReport;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.UnsyncedFileOps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A filesystem that is in memory by its nature is written under the strict policy, unless
 * durability is required; nothing else that the policy refuses is.
 */
class VolatileRuleTests {

	private static final FileOps FILES = new UnsyncedFileOps();

	private final List<String> warnings = new ArrayList<>();

	@TempDir
	private Path temporary;

	private Path directory;

	@BeforeEach
	void path() throws Exception {
		this.directory = this.temporary.toRealPath();
	}

	/** Every type of the matrix, as the generated page has them, and two unknown ones. */
	static Stream<String> types() throws Exception {
		Path page = Path.of("../docs/reference/filesystem-matrix.md");
		List<String> types = Files.readAllLines(page)
			.stream()
			.filter((line) -> line.matches("\\| `[^`]+` \\|.*\\|.*\\|.*\\|.*\\|.*\\| .*"))
			.map((line) -> line.split("`")[1])
			.filter((type) -> !type.contains("="))
			.toList();
		assertThat(types).contains("tmpfs", "ramfs", "ext4", "fuse.rclone", "proc").hasSizeGreaterThan(80);
		return Stream.concat(types.stream(), Stream.of("fuse.unheard", "unheard"));
	}

	@ParameterizedTest
	@MethodSource("types")
	void onlyMemoryPassesAndOnlyWithoutARequirement(String type) {
		for (SafetyPolicy safety : SafetyPolicy.values()) {
			assertRule(type, safety, null);
			for (GuaranteeLevel required : List.of(GuaranteeLevel.BEST_EFFORT, GuaranteeLevel.GUARANTEED)) {
				assertRule(type, safety, required);
			}
		}
	}

	private void assertRule(String type, SafetyPolicy safety, GuaranteeLevel required) {
		WriteOptions options = WriteOptions.engineDefaults().with((o) -> {
			o.safety(safety);
			if (required != null) {
				o.require(Guarantee.CRASH_DURABILITY, required);
			}
		});
		Path target = this.directory.resolve(type + safety + required);
		try (AtomicFileTemplate template = template(new PretendedMount(FILES, type), options)) {
			GuaranteeReport report = template.inspect(this.directory);
			boolean memory = type.equals("tmpfs") || type.equals("ramfs");
			assertThat(report.filesystem().kind() == FilesystemClass.LOCAL_POSIX_VOLATILE).isEqualTo(memory);
			if (isRefused(report, memory, safety, required)) {
				assertThatExceptionOfType(AtomicWriteException.class)
					.isThrownBy(() -> template.write(target, new byte[1]))
					.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
				assertThat(target).doesNotExist();
				return;
			}
			WriteResult result = template.write(target, new byte[1]);
			assertThat(result.outcome()).isEqualTo(memory ? WriteOutcome.VISIBLE_NOT_DURABLE : WriteOutcome.DURABLE);
			if (memory) {
				assertThat(result.warnings()).hasSize((safety == SafetyPolicy.BEST_EFFORT) ? 0 : 1);
			}
		}
	}

	private static boolean isRefused(GuaranteeReport report, boolean memory, SafetyPolicy safety,
			GuaranteeLevel required) {
		if (!report.capabilities().contains(Capability.ATOMIC_WRITE)) {
			return true;
		}
		if (required != null && !report.level(Guarantee.CRASH_DURABILITY).satisfies(required)) {
			return true;
		}
		return safety == SafetyPolicy.STRICT
				&& Stream.of(Guarantee.ATOMIC_VISIBILITY, Guarantee.CRASH_DURABILITY, Guarantee.WRITER_EXCLUSION)
					.filter((guarantee) -> !memory || guarantee != Guarantee.CRASH_DURABILITY)
					.anyMatch((guarantee) -> !report.level(guarantee).satisfies(GuaranteeLevel.BEST_EFFORT));
	}

	@ParameterizedTest
	@EnumSource
	void requirementOfADirectoryHoldsForEveryChangeInIt(Change change) throws Exception {
		change.prepare(this.directory);
		Path target = this.directory.resolve(Change.TARGET);
		if (!change.needsFreeName()) {
			Files.writeString(target, Change.OLD);
		}
		try (AtomicFileTemplate template = AtomicFileTemplate.builder()
			.files(new PretendedMount(FILES, "ramfs"))
			.requirements((path) -> path.startsWith(this.directory)
					? Map.of(Guarantee.CRASH_DURABILITY, GuaranteeLevel.BEST_EFFORT) : Map.of())
			.build()) {
			assertThatExceptionOfType(UnsupportedEnvironmentException.class)
				.isThrownBy(() -> change.run(template, target, this.directory));
		}
	}

	@Test
	void higherOfTwoRequirementsCounts() {
		WriteOptions guaranteed = WriteOptions.engineDefaults()
			.with((o) -> o.require(Guarantee.CRASH_DURABILITY, GuaranteeLevel.GUARANTEED));
		try (AtomicFileTemplate template = AtomicFileTemplate.builder()
			.files(new PretendedMount(FILES, "ext2"))
			.requirements((path) -> Map.of(Guarantee.CRASH_DURABILITY, GuaranteeLevel.BEST_EFFORT))
			.build()) {
			Path target = this.directory.resolve("f");
			assertThat(template.write(target, new byte[1]).outcome()).isEqualTo(WriteOutcome.DURABLE);
			assertThatExceptionOfType(UnsupportedEnvironmentException.class)
				.isThrownBy(() -> template.write(target, new byte[1], guaranteed));
		}
	}

	@Test
	void listenerIsWarnedOnceForEachMountAndEachResultSaysIt() throws Exception {
		Path other = Files.createDirectory(this.directory.resolve("other"));
		FileOps files = new ForwardingFileOps(FILES) {
			@Override
			public Mount mount(Path canonical) {
				return new Mount(canonical.startsWith(other) ? other : Path.of("/"), "tmpfs", "tmpfs", List.of("rw"));
			}
		};
		try (AtomicFileTemplate template = template(files, WriteOptions.engineDefaults())) {
			for (String name : List.of("a", "b", "other/a", "other/b", "c/d")) {
				assertThat(template.write(this.directory.resolve(name), new byte[1]).warnings()).hasSize(1);
			}
		}
		assertThat(this.warnings).hasSize(2)
			.anySatisfy((text) -> assertThat(text).contains("tmpfs at /:"))
			.anySatisfy((text) -> assertThat(text).contains("tmpfs at " + other + ":"));
	}

	/** In memory, but not by their nature: they look like a disk. */
	@ParameterizedTest
	@CsvSource({ "tmpfs,ro", "overlay,volatile", "ext4,nobarrier" })
	void whatOnlyAnOptionMakesVolatileIsRefused(String type, String option) {
		try (AtomicFileTemplate template = template(new PretendedMount(FILES, type, option),
				WriteOptions.engineDefaults())) {
			assertThatExceptionOfType(UnsupportedEnvironmentException.class)
				.isThrownBy(() -> template.write(this.directory.resolve("f"), new byte[1]));
		}
		assertThat(this.warnings).isEmpty();
	}

	private AtomicFileTemplate template(FileOps files, WriteOptions options) {
		return AtomicFileTemplate.builder().files(files).defaults(options).listener(new WriteListener() {
			@Override
			public void warned(Path target, String warning) {
				VolatileRuleTests.this.warnings.add(warning);
			}
		}).build();
	}

}

package io.atomicwrite.test.junit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.core.AtomicFileTemplate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * What {@link CrashTest}, {@link FaultTest} and {@link DurableTempDir} do in JUnit.
 */
class ExtensionTests {

	@Test
	void simulationIsRunThoughNobodyAsksForIt() {
		Launched launched = Launched.run(CrashCases.class);
		assertThat(launched.passed()).containsExactlyInAnyOrder("survives(Crashes)", "replaysNothingElse(Crashes)");
		assertThat(launched.failed()).containsOnlyKeys("loses(Crashes)", "bypasses(Crashes)", "forgets(Crashes)");
		assertThat(launched.failed().get("loses(Crashes)")).hasMessageContaining("LOST")
			.hasMessageContaining(".replay(");
		assertThat(launched.failed().get("bypasses(Crashes)")).hasMessageContaining("NOT_MEASURED");
		assertThat(launched.failed().get("forgets(Crashes)")).hasMessageContaining("nothing was simulated");
	}

	@Test
	void eachCallFailsWithEachError() {
		Launched launched = Launched.run(FaultCases.class);
		assertThat(launched.failed()).isEmpty();
		assertThat(launched.passed()).contains("no fault").doesNotHaveDuplicates().hasSizeGreaterThan(20);
		for (String error : List.of("Input/output error", "No space left on device", "Read-only file system",
				"Permission denied")) {
			assertThat(launched.passed()).anySatisfy((name) -> assertThat(name).contains("RENAME", error))
				.anySatisfy((name) -> assertThat(name).contains("SYNC_DIRECTORY", error))
				.anySatisfy((name) -> assertThat(name).contains("WRITE", error));
		}
	}

	@Test
	void bugThatAFaultShowsIsFound() {
		Launched launched = Launched.run(DeletingCases.class);
		assertThat(launched.passed()).contains("no fault");
		assertThat(launched.failed()).isNotEmpty();
	}

	@Test
	void faultTestWithoutAFaultFails() {
		assertThat(Launched.run(IdleCases.class).failed().values()).singleElement()
			.satisfies((failure) -> assertThat(failure).hasMessageContaining("fault.during(...)"));
		assertThat(Launched.run(StrangeErrorCases.class).failed().values()).singleElement()
			.satisfies((failure) -> assertThat(failure).hasMessageContaining("can't let calls fail with NOT_FOUND"));
	}

	@Test
	void aDurableDirectorySurvivesACrash(@DurableTempDir Path directory) throws IOException {
		try (AtomicFileTemplate files = AtomicFileTemplate.create()) {
			assertThat(files.inspect(directory).level(Guarantee.CRASH_DURABILITY))
				.isGreaterThanOrEqualTo(GuaranteeLevel.BEST_EFFORT);
		}
	}

	/**
	 * Run by the launcher.
	 */
	static class CrashCases {

		private static final byte[] CONTENT = "dark".getBytes(StandardCharsets.UTF_8);

		@CrashTest(crashAgain = true)
		void survives(Crashes crashes) {
			crashes.during((machine) -> machine.files().write(machine.directory().resolve("a"), CONTENT))
				.reboot((machine) -> machine.files().write(machine.directory().resolve("a"), CONTENT));
		}

		@CrashTest(replay = "ordered-0-0-00000000")
		void replaysNothingElse(Crashes crashes) {
			crashes.during((machine) -> machine.files().write(machine.directory().resolve("a"), CONTENT))
				.reboot((machine) -> assertThat(machine.files().exists(machine.directory().resolve("a"))).isFalse());
		}

		@CrashTest
		void loses(Crashes crashes) {
			crashes.during((machine) -> machine.files().write(machine.directory().resolve("a"), CONTENT))
				.reboot((machine) -> machine.files().read(machine.directory().resolve("a")));
		}

		@CrashTest
		void bypasses(Crashes crashes) {
			crashes.during((machine) -> Files.write(machine.directory().resolve("a"), CONTENT)).reboot((machine) -> {
			});
		}

		@CrashTest
		void forgets(Crashes crashes) {
		}

	}

	/**
	 * Run by the launcher.
	 */
	static class FaultCases {

		@FaultTest
		void writes(AtomicFileTemplate files, Path directory, Fault fault) {
			Path file = directory.resolve("a");
			files.writeString(file, "old");
			Optional<Throwable> failure = fault.during(() -> files.writeString(file, "new"));
			assertThat(failure.isPresent() && !fault.happened()).isFalse();
			assertThat(files.readString(file)).isIn(failure.isPresent() ? List.of("old", "new") : List.of("new"));
		}

	}

	/**
	 * Run by the launcher.
	 */
	static class DeletingCases {

		@FaultTest(errors = IoErrorKind.NO_SPACE)
		void writes(AtomicFileTemplate files, Path directory, Fault fault) {
			Path file = directory.resolve("a");
			files.writeString(file, "old");
			fault.during(() -> {
				files.delete(file);
				files.writeString(file, "new");
			});
			assertThat(files.readString(file)).isIn("old", "new");
		}

	}

	/**
	 * Run by the launcher.
	 */
	static class IdleCases {

		@FaultTest
		void does(AtomicFileTemplate files, Fault fault) {
		}

	}

	/**
	 * Run by the launcher.
	 */
	static class StrangeErrorCases {

		@FaultTest(errors = IoErrorKind.NOT_FOUND)
		void does(Fault fault) {
		}

	}

}

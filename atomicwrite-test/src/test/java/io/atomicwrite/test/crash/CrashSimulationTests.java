package io.atomicwrite.test.crash;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.atomicwrite.document.AtomicDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The verdicts of a {@link CrashSimulation}, and what it can't be deceived about.
 */
class CrashSimulationTests {

	private static final CrashCode SAVE = (machine) -> machine.files()
		.writeString(machine.directory().resolve("settings"), "dark");

	private static final CrashCode LOAD = (machine) -> {
		String found = machine.files().findString(machine.directory().resolve("settings")).orElse("light");
		assertThat(found).isIn("light", "dark");
	};

	static Stream<CrashCode> bypasses() {
		return Stream.of((machine) -> Files.writeString(machine.directory().resolve("a"), "x"),
				(machine) -> Files.write(machine.directory().resolve("a"), new byte[1]),
				(machine) -> Files.newBufferedWriter(machine.directory().resolve("a")).close(),
				(machine) -> Files.readString(machine.directory().resolve("settings")),
				(machine) -> Files.exists(machine.directory().resolve("settings")),
				(machine) -> Files.isDirectory(machine.directory()),
				(machine) -> Files.size(machine.directory().resolve("settings")),
				(machine) -> Files.list(machine.directory()).close(),
				(machine) -> Files.createDirectories(machine.directory().resolve("b/c")),
				(machine) -> Files.deleteIfExists(machine.directory().resolve("settings")),
				(machine) -> Files.move(machine.directory().resolve("settings"), machine.directory().resolve("b")),
				(machine) -> Files.createTempFile(machine.directory(), "a", "b"),
				(machine) -> FileChannel.open(machine.directory().resolve("a"), StandardOpenOption.READ).close(),
				(machine) -> machine.directory().resolve("settings").toFile(),
				(machine) -> machine.directory().toRealPath(),
				(machine) -> machine.directory().getFileSystem().newWatchService(),
				// paths that are made from text
				(machine) -> Files.writeString(Path.of(machine.directory().toString(), "a"), "x"),
				(machine) -> Files.createDirectories(Path.of(machine.directory().toString(), "b", "c")), (machine) -> {
					try (OutputStream out = new FileOutputStream(machine.directory() + "/a")) {
						out.write(1);
					}
				}, (machine) -> {
					Path passing = Path.of(machine.directory().toString(), "passing");
					Files.writeString(passing, "x");
					Files.delete(passing);
				});
	}

	@ParameterizedTest
	@MethodSource("bypasses")
	void codeThatGoesPastTheSimulationIsNotMeasured(CrashCode bypass) {
		long start = System.nanoTime();
		CrashCode quiet = quiet(bypass);
		for (CrashSimulation simulation : List.of(CrashSimulation.of(both(SAVE, quiet)).reboot(LOAD),
				CrashSimulation.of(SAVE).reboot(both(LOAD, quiet)),
				CrashSimulation.of(SAVE).given(quiet).reboot(LOAD))) {
			CrashReport report = simulation.run();
			assertThat(report.verdict()).as(report::toString).isEqualTo(CrashVerdict.NOT_MEASURED);
			assertThat(report.toString()).contains("past the simulated filesystem");
		}
		System.out.println("found out after " + (System.nanoTime() - start) / 3_000_000 + " ms");
	}

	/** As code that catches everything. */
	private static CrashCode quiet(CrashCode code) {
		return (machine) -> {
			try {
				code.run(machine);
			}
			catch (Exception ex) {
				// ignored on purpose
			}
		};
	}

	private static CrashCode both(CrashCode first, CrashCode second) {
		return (machine) -> {
			first.run(machine);
			second.run(machine);
		};
	}

	@Test
	void bypassIsReportedWithItsLine() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> CrashSimulation
				.of((machine) -> Files.writeString(machine.directory().resolve("settings"), "dark"))
				.reboot(LOAD)
				.check())
			.withMessageContaining("NOT_MEASURED")
			.withMessageContaining("CrashSimulationTests.java:")
			.withMessageContaining("/settings goes past the simulated filesystem");
	}

	@Test
	void codeThatChangesNothingIsNotMeasured() {
		CrashReport report = CrashSimulation.of((machine) -> machine.acknowledge("nothing")).reboot(LOAD).run();
		assertThat(report.verdict()).isEqualTo(CrashVerdict.NOT_MEASURED);
	}

	@Test
	void whatTheFilesystemInMemoryCanNotDoIsNotMeasured() {
		CrashReport report = CrashSimulation
			.of((machine) -> machine.fileOps().rename(machine.directory(), machine.directory().resolveSibling("other")))
			.reboot((machine) -> {
			})
			.run();
		assertThat(report.verdict()).isEqualTo(CrashVerdict.NOT_MEASURED);
		assertThat(report.toString()).contains("directories are not renamed here");
	}

	@Test
	void publicationsAreSimulatedWithTheirLink() {
		CrashCode publish = (machine) -> {
			machine.files().publish(machine.directory(), "set", (out) -> out.file("a", new byte[] { 'a' }));
			machine.acknowledge("published");
		};
		CrashSimulation sound = CrashSimulation.of(publish).reboot((machine) -> {
			Path latest = machine.directory().resolve("set/latest");
			if (machine.isAcknowledged("published") || machine.files().exists(latest.resolve("a"))) {
				assertThat(machine.files().readString(latest.resolve("a"))).isEqualTo("a");
				assertThat(machine.files().publication(machine.directory(), "set").verify("latest").sound()).isTrue();
			}
		});
		sound.check();
		// it is there before it is acknowledged
		CrashReport report = CrashSimulation.of(publish)
			.reboot((machine) -> assertThat(machine.files().exists(machine.directory().resolve("set/latest/a")))
				.isEqualTo(machine.isAcknowledged("published")))
			.run();
		assertThat(report.verdict()).isEqualTo(CrashVerdict.LOST);
		assertThat(report.toString()).contains("SYMBOLIC_LINK", "set/latest -> ");
	}

	@Test
	void moreDisksThanTheLimitAreNotMeasured() {
		CrashReport report = CrashSimulation.of(SAVE).reboot(LOAD).limit(3).run();
		assertThat(report.verdict()).isEqualTo(CrashVerdict.NOT_MEASURED);
		assertThat(report.toString()).contains("limit of 3");
	}

	@Test
	void codeThatFailsWithoutACrashMeasuresNothing() {
		CrashCode failing = (machine) -> {
			throw new IOException("on purpose");
		};
		for (CrashSimulation simulation : List.of(CrashSimulation.of(failing).reboot(LOAD),
				CrashSimulation.of(SAVE).given(failing).reboot(LOAD), CrashSimulation.of(SAVE).reboot(failing))) {
			CrashReport report = simulation.run();
			assertThat(report.verdict()).as(report::toString).isEqualTo(CrashVerdict.HARNESS_BROKEN);
			assertThat(report.failure().orElseThrow()).hasMessage("on purpose");
		}
	}

	@Test
	void replayOfOtherCallsIsRefused() {
		CrashReport lost = SeededBug.DELETED_BEFORE_CREATED.broken().run();
		CrashReport report = CrashSimulation.of(SAVE).reboot(LOAD).replay(lost.replay().orElseThrow()).run();
		assertThat(report.verdict()).isEqualTo(CrashVerdict.HARNESS_BROKEN);
		assertThat(report.toString()).contains("can't be replayed");
		assertThatIllegalArgumentException().isThrownBy(() -> CrashSimulation.of(SAVE).replay("ordered-1"))
			.withMessageContaining("'ordered-1' is no identifier");
	}

	@Test
	void startUpCodeIsNeeded() {
		assertThatIllegalStateException().isThrownBy(() -> CrashSimulation.of(SAVE).run())
			.withMessageContaining("reboot");
		assertThatIllegalArgumentException().isThrownBy(() -> CrashSimulation.of(SAVE).limit(0));
	}

	@Test
	void lossIsPrintedWithCallsCutAndDisk() {
		CrashReport report = SeededBug.TWO_FILES_ARE_WRITTEN_APART.broken().run();
		assertThat(report.toString()).contains("LOST: the start-up code fails on ",
				"The first one: java.lang.AssertionError: two with index of one", "RENAME", "-> data", "power cut",
				"data  3 bytes  \"two\"", "index  12 bytes  \"index of one\"", "Replay this disk alone: .replay(\"");
	}

	@ParameterizedTest
	@EnumSource
	void everyProfileFindsAFileThatIsNotSynced(CrashProfile profile) {
		CrashReport lost = SeededBug.FILE_IS_NOT_SYNCED.broken().profiles(profile).run();
		assertThat(lost.verdict()).isEqualTo(CrashVerdict.LOST);
		assertThat(SeededBug.FILE_IS_NOT_SYNCED.mended().profiles(profile).run().verdict())
			.isEqualTo(CrashVerdict.SURVIVED);
	}

	@Test
	void onlyWhereDataTurnsToZerosZerosAreFound() {
		CrashCode reboot = (machine) -> assertThat(SeededBug.text(machine, "settings").orElse("")).doesNotContain("\0");
		for (CrashProfile profile : CrashProfile.values()) {
			CrashReport report = SeededBug.FILE_IS_NOT_SYNCED.broken().profiles(profile).reboot(reboot).run();
			assertThat(report.verdict()).as(profile.name())
				.isEqualTo((profile == CrashProfile.XFS) ? CrashVerdict.SURVIVED : CrashVerdict.LOST);
		}
	}

	@Test
	void pathsMadeFromTextReachTheSameFiles() {
		CrashSimulation
			.of((machine) -> machine.files().writeString(Path.of(machine.directory().toString(), "settings"), "dark"))
			.reboot(LOAD)
			.check();
	}

	@Test
	void documentsCanBeSimulated() {
		AtomicInteger boots = new AtomicInteger();
		CrashReport report = CrashSimulation.of((machine) -> {
			try (AtomicDocument<Settings> document = settings(machine)) {
				document.update((old) -> new Settings("dark"));
				machine.acknowledge("dark");
			}
		}).given((machine) -> {
			Path file = machine.directory().resolve("settings.json");
			machine.files().writeValue(file, new Settings("light"));
		}).reboot((machine) -> {
			boots.incrementAndGet();
			try (AtomicDocument<Settings> document = settings(machine)) {
				assertThat(document.current().theme()).isIn("light", "dark")
					.isEqualTo(machine.isAcknowledged("dark") ? "dark" : document.current().theme());
			}
		}).check();
		assertThat(report.disks()).isGreaterThan(5).isLessThan(boots.get());
	}

	private static AtomicDocument<Settings> settings(SimulatedMachine machine) {
		return machine.files().document(machine.directory().resolve("settings.json"), Settings.class);
	}

	/**
	 * What the document holds.
	 */
	record Settings(String theme) {
	}

}

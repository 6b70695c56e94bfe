package io.atomicwrite.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.Recovery;
import io.atomicwrite.maintenance.RecoveryOptions;
import io.atomicwrite.maintenance.RecoveryReport;
import io.atomicwrite.maintenance.SweepListener;
import io.atomicwrite.maintenance.SweepOptions;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.SidecarText;
import io.atomicwrite.test.UnsyncedFileOps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Hidden companions: no operation leaves a visible one, and whoever reads or cleans finds
 * those of either spelling.
 */
class HiddenCompanionTests {

	private static final FileOps FILES = new PretendedMount(new UnsyncedFileOps(), "ext4");

	private static final WriteOptions SIDECAR = options(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256));

	private static final WriteOptions BACKUPS = WriteOptions.engineDefaults()
		.with((changes) -> changes.backup(BackupPolicy.generations()));

	private static final WriteOptions SINGLE = WriteOptions.engineDefaults()
		.with((changes) -> changes.backup(BackupPolicy.single()));

	private static final Checksum OTHER = new Checksum(ChecksumAlgorithm.SHA_256, "0".repeat(64));

	private final List<AtomicFileTemplate> open = new ArrayList<>();

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	@TempDir
	private Path temporary;

	private Path directory;

	private Path target;

	@BeforeEach
	void createDirectory() throws IOException {
		this.directory = Files.createDirectory(this.temporary.toRealPath().resolve("conf.d"));
		this.target = this.directory.resolve("f.json");
	}

	@AfterEach
	void close() {
		this.open.forEach(AtomicFileTemplate::close);
	}

	@ParameterizedTest
	@EnumSource
	void noChangeLeavesAVisibleCompanion(Change change) throws Exception {
		change.prepare(this.directory);
		if (!change.needsFreeName()) {
			Files.writeString(this.target, Change.OLD);
		}
		List<String> before = visible();
		List<String> warned = new ArrayList<>(
				change
					.run(template(CompanionNames.HIDDEN,
							SIDECAR
								.with((changes) -> changes.backup(BackupPolicy.generations().with((b) -> b.keep(1))))),
							this.target, this.directory)
					.warnings());
		List<String> expected = new ArrayList<>(before);
		expected.remove(Change.TARGET);
		expected.remove(change.moves() ? Change.SOURCE : Change.TARGET);
		if (change != Change.DELETE) {
			expected.add(Change.TARGET);
		}
		assertThat(visible()).containsExactlyInAnyOrderElementsOf(expected);
		assertThat(warned).isEmpty();
	}

	@Test
	void theWarningOfAnIncludeDirectoryNamesTheProperty() {
		assertThat(template(CompanionNames.VISIBLE, SINGLE).writeString(this.target, "1").warnings())
			.anySatisfy((text) -> assertThat(text).contains("atomicwrite.companions=hidden"));
	}

	@Test
	void everyCompanionHasADotInFront() throws IOException {
		AtomicFileTemplate hidden = template(CompanionNames.HIDDEN, SIDECAR);
		hidden.writeString(this.target, "1");
		hidden.writeString(this.target, "2", SINGLE);
		hidden.writeString(this.target, "3", BACKUPS);
		LockRegistry locks = LockRegistry.fileBuilder().companions(CompanionNames.HIDDEN).build();
		try (locks; var lease = locks.tryAcquire(this.target).orElseThrow()) {
			assertThat(lease.target()).isEqualTo(this.target);
			assertThat(names()).contains("f.json", ".f.json.lock", ".f.json.sha256", ".f.json.backup",
					".f.json.20260101-000000.backup");
		}
		assertThat(visible()).containsExactly("f.json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SHA-256", "SHA-384", "SHA-512" })
	@RequiresCommand("sha256sum")
	void sidecarsVerifyWithTheCommandsOfTheSystem(String name) throws Exception {
		ChecksumAlgorithm algorithm = ChecksumAlgorithm.of(name);
		template(CompanionNames.HIDDEN, options(ChecksumPolicy.sidecar(algorithm))).writeString(this.target, "1");
		assertThat(visible()).containsExactly("f.json");
		String suffix = algorithm.suffix();
		Process process = new ProcessBuilder(suffix + "sum", "-c", ".f.json." + suffix)
			.directory(this.directory.toFile())
			.redirectErrorStream(true)
			.start();
		assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
			.isEqualTo("f.json: OK\n");
	}

	@ParameterizedTest
	@EnumSource
	void readersFindTheSidecarOfEitherSpelling(CompanionNames written) throws IOException {
		template(written, SIDECAR).writeString(this.target, "1");
		AtomicFileTemplate reader = template(written.other(), WriteOptions.engineDefaults());
		assertThat(reader.verify(this.target).current().algorithm()).isEqualTo(ChecksumAlgorithm.SHA_256);
		assertThat(reader.checksumInfo(this.target)).isPresent();
		Files.writeString(this.target, "damaged");
		assertThatExceptionOfType(ChecksumMismatchException.class).isThrownBy(() -> reader.readVerified(this.target));
	}

	@ParameterizedTest
	@EnumSource
	void aWriteUpdatesASidecarOfTheOtherSpelling(CompanionNames first) {
		template(first, SIDECAR).writeString(this.target, "1");
		template(first.other(), SIDECAR).writeString(this.target, "2");
		for (CompanionNames reader : CompanionNames.values()) {
			assertThat(template(reader, SIDECAR).readVerified(this.target)).asString().isEqualTo("2");
		}
		assertThat(names()).containsExactlyInAnyOrder("f.json", "f.json.sha256", ".f.json.sha256");
	}

	@Test
	void aWriteWithoutChecksumsUpdatesAVisibleSidecarWhenItHidesItsCompanions() {
		template(CompanionNames.VISIBLE, SIDECAR).writeString(this.target, "1");
		template(CompanionNames.HIDDEN, WriteOptions.engineDefaults()).writeString(this.target, "2");
		assertThat(template(CompanionNames.VISIBLE, SIDECAR).readVerified(this.target)).asString().isEqualTo("2");
		assertThat(names()).containsExactlyInAnyOrder("f.json", "f.json.sha256");
	}

	/** The one look that costs too much, see the ADR: a false alarm, never a false OK. */
	@Test
	void aVisibleWriteWithoutChecksumsLeavesAHiddenSidecarThatContradicts() {
		template(CompanionNames.HIDDEN, SIDECAR).writeString(this.target, "1");
		template(CompanionNames.VISIBLE, WriteOptions.engineDefaults()).writeString(this.target, "2");
		assertThatExceptionOfType(ChecksumMismatchException.class)
			.isThrownBy(() -> template(CompanionNames.HIDDEN, SIDECAR).verify(this.target));
	}

	@ParameterizedTest
	@EnumSource
	void moveAndDeleteTakeTheSidecarOfTheOtherSpellingAlong(CompanionNames first) {
		Path moved = this.directory.resolve("g.json");
		template(first, SIDECAR).writeString(this.target, "1");
		AtomicFileTemplate other = template(first.other(), SIDECAR);
		other.move(this.target, moved);
		assertThat(names()).hasSize(2).contains("g.json").allMatch((name) -> name.contains("g.json"));
		assertThat(template(first, SIDECAR).readVerified(moved)).asString().isEqualTo("1");
		template(first, SIDECAR).delete(moved);
		assertThat(names()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void generationsOfBothSpellingsAreListedRestoredAndPruned(CompanionNames first) {
		AtomicFileTemplate one = template(first, BACKUPS);
		AtomicFileTemplate other = template(first.other(), BACKUPS);
		for (int i = 0; i < 3; i++) {
			one.writeString(this.target, "one " + i);
			this.now = this.now.plusSeconds(60);
		}
		other.writeString(this.target, "other");
		List<Backup> backups = one.generations(this.target);
		assertThat(backups).hasSize(3)
			.isEqualTo(other.generations(this.target))
			.isSortedAccordingTo((a, b) -> b.generation().made().compareTo(a.generation().made()));
		other.restore(this.target, backups.get(2));
		assertThat(other.readString(this.target)).isEqualTo("one 0");
		one.writeString(this.target, "last",
				BACKUPS.with((changes) -> changes.backup(BackupPolicy.generations().with((b) -> b.keep(1)))));
		assertThat(one.generations(this.target)).hasSize(1);
	}

	@Test
	void theNewestSingleBackupOfEitherSpellingComesFirst() {
		AtomicFileTemplate visible = template(CompanionNames.VISIBLE, SINGLE);
		visible.writeString(this.target, "1");
		visible.writeString(this.target, "2");
		template(CompanionNames.HIDDEN, SINGLE).writeString(this.target, "3");
		assertThat(visible.generations(this.target)).extracting((backup) -> backup.path().getFileName().toString())
			.containsExactly(".f.json.backup", "f.json.backup");
	}

	@Test
	void theLastGoodContentIsFoundInAHiddenBackup() throws IOException {
		WriteOptions both = SIDECAR.with((changes) -> changes.backup(BackupPolicy.single()));
		AtomicFileTemplate hidden = template(CompanionNames.HIDDEN, both);
		hidden.writeString(this.target, "1");
		hidden.writeString(this.target, "2");
		assertThat(visible()).containsExactly("f.json");
		Files.writeString(this.target, "damaged");
		assertThat(template(CompanionNames.VISIBLE, both).readVerifiedOrBackup(this.target).value()).asString()
			.isEqualTo("1");
	}

	/** {@code .x.backup} may be that of {@code .x}: it is not restored into {@code x}. */
	@Test
	void aBackupOfAHiddenFileIsNotThatOfTheOtherFile() {
		Path hiddenFile = this.directory.resolve(".f.json");
		AtomicFileTemplate visible = template(CompanionNames.VISIBLE, SINGLE);
		visible.writeString(hiddenFile, "secret 1");
		visible.writeString(hiddenFile, "secret 2");
		visible.writeString(this.target, "1");
		assertThat(visible.generations(this.target)).isEmpty();
		assertThat(visible.generations(hiddenFile)).hasSize(1);
	}

	@Test
	void aHiddenTargetHasTwoDots() {
		Path hiddenFile = this.directory.resolve(".x");
		AtomicFileTemplate hidden = template(CompanionNames.HIDDEN,
				SIDECAR.with((changes) -> changes.backup(BackupPolicy.single())));
		hidden.writeString(hiddenFile, "1");
		hidden.writeString(hiddenFile, "2");
		assertThat(names()).containsExactlyInAnyOrder(".x", "..x.backup", "..x.sha256", "...x.backup.sha256");
		assertThat(hidden.readVerified(hiddenFile)).asString().isEqualTo("2");
	}

	@Test
	void theSidecarOfAnotherFileIsNotReplaced() {
		template(CompanionNames.VISIBLE, SIDECAR).writeString(this.directory.resolve(".f.json"), "1");
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> template(CompanionNames.HIDDEN, SIDECAR).writeString(this.target, "2"));
		assertThat(names()).containsExactlyInAnyOrder(".f.json", ".f.json.sha256");
	}

	@Test
	void theLongestNamesAreShortenedAndFound() {
		Path longest = this.directory.resolve("n".repeat(255));
		WriteOptions all = SIDECAR.with((changes) -> changes.backup(BackupPolicy.generations()));
		AtomicFileTemplate hidden = template(CompanionNames.HIDDEN, all);
		hidden.writeString(longest, "1");
		hidden.writeString(longest, "2");
		assertThat(visible()).hasSize(1);
		assertThat(names()).hasSize(4).allMatch((name) -> name.length() <= 255);
		AtomicFileTemplate visible = template(CompanionNames.VISIBLE, all);
		assertThat(visible.verify(longest)).isNotNull();
		assertThat(visible.generations(longest)).hasSize(1)
			.allSatisfy((backup) -> assertThat(visible.readVerified(backup.path())).asString().isEqualTo("1"));
	}

	@Test
	void housekeepingFindsTheLeftoversOfEitherSpelling() throws IOException {
		for (CompanionNames sweeper : CompanionNames.values()) {
			for (String name : List.of("a.lock", ".a.lock", ".b.lock", "c.lock")) {
				Files.createFile(this.directory.resolve(name));
			}
			try (LockRegistry locks = LockRegistry.fileBuilder().companions(sweeper).build()) {
				assertThat(new Housekeeper(FileOps.system(), locks, InstantSource.system())
					.sweep(this.directory, SweepOptions.builder().lockAge(Duration.ZERO).build())
					.removed(ArtifactKind.LOCK)
					.count()).as("for " + sweeper).isEqualTo(4);
			}
			assertThat(names()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void backupsOfBothSpellingsCountTogether(CompanionNames sweeper) throws IOException {
		Files.writeString(this.target, "1");
		for (int i = 1; i <= 3; i++) {
			Files.createFile(this.directory.resolve(".f.json.2020010" + i + "-000000.backup"));
			Files.createFile(this.directory.resolve("f.json.2020020" + i + "-000000.backup"));
		}
		Files.writeString(this.directory.resolve("..f.json.20200101-000000.backup.sha256"),
				SidecarText.of(".f.json.20200101-000000.backup", OTHER, null));
		try (LockRegistry locks = LockRegistry.fileBuilder().companions(sweeper).build()) {
			new Housekeeper(FileOps.system(), locks, InstantSource.system()).sweep(this.directory,
					SweepOptions.builder().keepBackups(2).build());
		}
		assertThat(names()).containsExactlyInAnyOrder("f.json", "f.json.20200203-000000.backup",
				"f.json.20200202-000000.backup");
	}

	@ParameterizedTest
	@EnumSource
	void recoverySettlesAHiddenSidecar(CompanionNames settler) throws Exception {
		AtomicFileTemplate hidden = template(CompanionNames.HIDDEN, SIDECAR);
		hidden.writeString(this.target, "old");
		Checksum old = hidden.checksum(this.target, ChecksumAlgorithm.SHA_256);
		Path sidecar = this.directory.resolve(".f.json.sha256");
		Files.writeString(sidecar, SidecarText.of("f.json", OTHER, old));
		try (LockRegistry locks = LockRegistry.fileBuilder().companions(settler).build()) {
			assertThat(new Recovery(FileOps.system(), locks, InstantSource.system())
				.recover(this.directory, RecoveryOptions.defaults())
				.steps()).extracting(RecoveryReport.Step::action).containsExactly(RecoveryReport.Action.SETTLED);
		}
		assertThat(sidecar).hasContent(SidecarText.of("f.json", old, null));
	}

	/** The staging file of a live writer stays, whatever spelling its lock file has. */
	@ParameterizedTest
	@EnumSource
	void aWriterIsSeenByItsLockFileOfEitherSpelling(CompanionNames writer) throws IOException {
		Path staging = Files.createFile(this.directory.resolve(".f.json.00000000000000ff.tmp"));
		try (LockRegistry own = LockRegistry.fileBuilder().companions(writer).build();
				LockRegistry other = LockRegistry.fileBuilder().companions(writer.other()).build();
				var lease = own.tryAcquire(this.target).orElseThrow()) {
			assertThat(other.inspect(lease.target()).state().name().toLowerCase(Locale.ROOT)).isEqualTo("held");
			new Housekeeper(FileOps.system(), other, InstantSource.system()).sweep(this.directory,
					SweepOptions.builder().orphanAge(Duration.ZERO).lockAge(Duration.ZERO).build(),
					new SweepListener() {
					});
			assertThat(staging).exists();
			lease.ensureHeld();
		}
	}

	private AtomicFileTemplate template(CompanionNames names, WriteOptions options) {
		AtomicFileTemplate template = AtomicFileTemplate.builder()
			.files(FILES)
			.companions(names)
			.clock(() -> this.now)
			.defaults(options)
			.build();
		this.open.add(template);
		return template;
	}

	private List<String> names() {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> visible() {
		return names().stream().filter((name) -> !name.startsWith(".")).toList();
	}

	private static WriteOptions options(ChecksumPolicy policy) {
		return WriteOptions.engineDefaults().with((changes) -> changes.checksum(policy));
	}

}

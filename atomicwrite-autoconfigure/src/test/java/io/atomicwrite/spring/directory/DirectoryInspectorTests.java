package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.core.WriteRequirements.Shortfall;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.maintenance.DirectoryCensus;
import io.atomicwrite.spring.MountedAs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

class DirectoryInspectorTests {

	@TempDir
	private Path directory;

	@Test
	void aGoodDirectoryIsUsable() throws IOException {
		DirectoryInspection found = inspect("ext4", WriteOptions.engineDefaults(), LockScope.HOST);
		assertThat(found.usable()).isTrue();
		assertThat(found.guarantees()).containsOnlyKeys(Guarantee.values());
		assertThat(found.warnings()).isEmpty();
	}

	@Test
	void strictNeedsWhatAWriteUses() throws IOException {
		assertThat(inspect("jfs", WriteOptions.engineDefaults(), LockScope.HOST).shortfalls())
			.extracting(Shortfall::guarantee)
			.containsExactly(Guarantee.CRASH_DURABILITY);
		DirectoryInspection memory = inspect("tmpfs", WriteOptions.engineDefaults(), LockScope.HOST);
		assertThat(memory.usable()).isTrue();
		assertThat(memory.warnings()).extracting(Shortfall::guarantee).containsExactly(Guarantee.CRASH_DURABILITY);
		assertThat(inspect("fuse.s3fs", WriteOptions.engineDefaults(), LockScope.HOST).shortfalls())
			.extracting(Shortfall::guarantee)
			.containsExactly(Guarantee.ATOMIC_VISIBILITY, Guarantee.CRASH_DURABILITY, Guarantee.WRITER_EXCLUSION);
		WriteOptions unlocked = WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build();
		assertThat(inspect("ext4", unlocked, LockScope.HOST).shortfalls()).isEmpty();
	}

	@Test
	void warnAndBestEffortLetItPass() throws IOException {
		WriteOptions warn = WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.WARN).build();
		DirectoryInspection found = inspect("tmpfs", warn, LockScope.HOST);
		assertThat(found.usable()).isTrue();
		assertThat(found.warnings()).extracting(Shortfall::guarantee).containsExactly(Guarantee.CRASH_DURABILITY);
		WriteOptions bestEffort = WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.BEST_EFFORT).build();
		assertThat(inspect("tmpfs", bestEffort, LockScope.HOST).warnings()).isEmpty();
	}

	@Test
	void whatEveryWriteNeedsCountsWhateverThePolicy() throws IOException {
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.BEST_EFFORT).build();
		DirectoryInspection found = inspect("fuse.s3fs", options, LockScope.HOST);
		assertThat(found.shortfalls()).isEmpty();
		assertThat(found.lacks()).containsExactly(Capability.ATOMIC_WRITE);
		assertThat(found.usable()).isFalse();
		assertThat(inspect("exfat", options, LockScope.HOST).usable()).isTrue();
		WriteOptions noClobber = WriteOptions.engineDefaults().toBuilder().overwrite(false).build();
		assertThat(inspect("exfat", noClobber, LockScope.HOST).lacks()).containsExactly(Capability.NO_CLOBBER);
	}

	@Test
	void theInspectionIsRightAboutWhetherAWriteIsRefused() throws IOException {
		for (SafetyPolicy safety : SafetyPolicy.values()) {
			WriteOptions options = WriteOptions.engineDefaults().toBuilder().safety(safety).build();
			for (String type : List.of("ext4", "tmpfs", "ramfs", "overlay", "vfat", "jfs", "nfs4", "cifs", "fuse.s3fs",
					"fuse.gcsfuse", "cgroup2", "unheard-of")) {
				try (AtomicFileTemplate template = AtomicFileTemplate.builder()
					.files(new MountedAs(type))
					.defaults(options)
					.build()) {
					Throwable refusal = catchThrowable(() -> template.writeString(this.directory.resolve("a"), ""));
					assertThat(inspect(type, options, LockScope.HOST).usable()).as(type + " " + safety)
						.isEqualTo(refusal == null);
				}
			}
		}
	}

	@Test
	void aRequiredLevelCountsWhateverThePolicy() throws IOException {
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.safety(SafetyPolicy.BEST_EFFORT)
			.require(Guarantee.WRITER_EXCLUSION, GuaranteeLevel.GUARANTEED)
			.build();
		assertThat(inspect("ext4", options, LockScope.HOST).usable()).isTrue();
		assertThat(inspect("ext4", options, LockScope.REGISTRY).shortfalls()).hasSize(1);
		assertThat(inspect("ext4", options, LockScope.NONE).shortfalls()).hasSize(1);
	}

	@Test
	void whatOneDirectoryRequiresCountsThereAlone() throws IOException {
		DirectoryInspector inspector = new DirectoryInspector(new MountedAs("tmpfs"),
				new WriteRequirements(WriteOptions.engineDefaults(), LockScope.HOST), new ManagedDirectories(Map.of(),
						Map.of("data", Map.of(Guarantee.CRASH_DURABILITY, GuaranteeLevel.BEST_EFFORT))));
		assertThat(inspector.inspect(new ManagedDirectory("data", this.directory)).shortfalls()).singleElement()
			.matches(Shortfall::explicit);
		assertThat(inspector.inspect(new ManagedDirectory("cache", this.directory)).usable()).isTrue();
	}

	@Test
	void whatIsNoDirectoryCanNotBeRead() throws IOException {
		DirectoryInspector inspector = inspector("ext4", WriteOptions.engineDefaults(), LockScope.HOST);
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatExceptionOfType(NotDirectoryException.class)
			.isThrownBy(() -> inspector.inspect(new ManagedDirectory("data", file)));
		assertThatExceptionOfType(NoSuchFileException.class)
			.isThrownBy(() -> inspector.inspect(new ManagedDirectory("data", this.directory.resolve("missing"))));
	}

	@Test
	void preparationFailsWhereNothingCanBeWritten() {
		DirectoryInspector inspector = new DirectoryInspector(new MountedAs("ext4"),
				new WriteRequirements(WriteOptions.engineDefaults(), LockScope.HOST), (path) -> false);
		DirectoryPreparation preparation = new DirectoryPreparation(
				new ManagedDirectories(Map.of("data", this.directory)), inspector, (path, warning) -> {
				}, new StartupWait(Duration.ofSeconds(10)), nothingRemembered());
		assertThatExceptionOfType(DirectoryNotWritableException.class).isThrownBy(preparation::run)
			.withMessageContaining("'data'");
	}

	@Test
	void theObstacleAndItsRemedyAreNamedWhereNothingCanBeWritten() throws IOException {
		DirectoryInspector inspector = new DirectoryInspector(new MountedAs("ext4"),
				new WriteRequirements(WriteOptions.engineDefaults(), LockScope.HOST), (path) -> false);
		DirectoryInspection found = inspector.inspect(new ManagedDirectory("data", this.directory));
		assertThat(found.usable()).isFalse();
		assertThat(found.obstacles()).singleElement()
			.asString()
			.startsWith("no file can be created in " + this.directory.toRealPath())
			.contains("write and search permission", "lsattr");
	}

	@Test
	void preparationTakesALinkToADirectoryAndWarnsOfTheRealOne() throws IOException {
		Path real = Files.createDirectory(this.directory.toRealPath().resolve("real"));
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), real);
		Map<Path, String> warned = new HashMap<>();
		new DirectoryPreparation(new ManagedDirectories(Map.of("data", link)),
				inspector("tmpfs", WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.WARN).build(),
						LockScope.HOST),
				warned::put, new StartupWait(Duration.ofSeconds(10)), nothingRemembered())
			.run();
		assertThat(warned).containsExactly(Map.entry(real, "CRASH_DURABILITY is UNSUPPORTED on tmpfs at /: "
				+ "in memory: content survives a process, not a reboot"));
	}

	@Test
	void theInnermostDirectoryNamesATarget() throws IOException {
		Path real = Files.createDirectories(this.directory.resolve("real/inner"));
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), real);
		ManagedDirectories directories = new ManagedDirectories(
				Map.of("outer", this.directory.resolve("real"), "inner", link));
		assertThat(directories.nameOf(real.toRealPath().resolve("a"))).isEqualTo("outer");
		directories.resolved(Objects.requireNonNull(directories.get("inner")), real.toRealPath());
		assertThat(directories.nameOf(link.resolve("a"))).isEqualTo("inner");
		assertThat(directories.nameOf(real.toRealPath().resolve("a"))).isEqualTo("inner");
		assertThat(directories.nameOf(this.directory.resolve("real/a"))).isEqualTo("outer");
		assertThat(directories.nameOf(this.directory.resolve("real/../a"))).isEqualTo(ManagedDirectories.OTHER);
		assertThat(directories.nameOf(this.directory.resolve("realistic"))).isEqualTo(ManagedDirectories.OTHER);
	}

	@Test
	void aCensusIsTakenOnceInAWhileAndNeverByTheCaller() throws IOException {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
		try (DirectoryLooks looks = looks(inspector("ext4", WriteOptions.engineDefaults(), LockScope.HOST), now::get)) {
			ManagedDirectory managed = Objects.requireNonNull(looks.directories().get("data"));
			await().until(() -> backups(looks, managed), (backups) -> backups.equals(Optional.of(0L)));
			Files.createFile(this.directory.resolve("a.backup"));
			now.updateAndGet((instant) -> instant.plusSeconds(29));
			assertThat(backups(looks, managed)).contains(0L);
			assertThat(looks.examine(List.of(managed))).extractingByKey(managed)
				.satisfies((state) -> assertThat(state.census().current()).map(DirectoryCensus.Report::backups)
					.contains(1L));
			Files.createFile(this.directory.resolve("b.backup"));
			now.updateAndGet((instant) -> instant.plusSeconds(30));
			await().until(() -> backups(looks, managed), (backups) -> backups.equals(Optional.of(2L)));
			FileSystemUtils.deleteRecursively(this.directory);
			now.updateAndGet((instant) -> instant.plusSeconds(30));
			await().until(() -> looks.lastCensus(managed).problem().orElse(""),
					(problem) -> problem.equals("can't be read: No such file or directory"));
		}
	}

	private static Optional<Long> backups(DirectoryLooks looks, ManagedDirectory directory) {
		return looks.lastCensus(directory).current().map(DirectoryCensus.Report::backups);
	}

	private DirectoryLooks looks(DirectoryInspector inspector, InstantSource clock) {
		return new DirectoryLooks(new ManagedDirectories(Map.of("data", this.directory)), inspector,
				new DirectoryCensus(FileOps.system(), LockRegistry.inProcess(), ".backup"), Duration.ofSeconds(10),
				clock);
	}

	private DirectoryInspection inspect(String type, WriteOptions options, LockScope scope) throws IOException {
		return inspector(type, options, scope).inspect(new ManagedDirectory("data", this.directory));
	}

	private static DirectoryInspector inspector(String type, WriteOptions options, LockScope scope) {
		return new DirectoryInspector(new MountedAs(type), new WriteRequirements(options, scope));
	}

	private static ManagedMounts nothingRemembered() {
		return new ManagedMounts(new ManagedDirectories(Map.of()), new MountedAs("ext4"), Set.of(), Set.of());
	}

}

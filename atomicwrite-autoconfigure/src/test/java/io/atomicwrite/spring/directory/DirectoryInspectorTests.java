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
import io.atomicwrite.maintenance.CensusReport;
import io.atomicwrite.maintenance.DirectoryCensus;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.health.AtomicWriteHealthIndicator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

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
		assertThat(inspect("tmpfs", WriteOptions.engineDefaults(), LockScope.HOST).shortfalls())
			.extracting(Shortfall::guarantee)
			.containsExactly(Guarantee.CRASH_DURABILITY);
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
			for (String type : List.of("ext4", "tmpfs", "overlay", "vfat", "nfs4", "cifs", "fuse.s3fs", "fuse.gcsfuse",
					"cgroup2", "unheard-of")) {
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
				});
		assertThatExceptionOfType(DirectoryNotWritableException.class).isThrownBy(preparation::run)
			.withMessageContaining("'data'");
	}

	@Test
	void healthIsOutOfServiceWhereNothingCanBeWritten() {
		DirectoryInspector inspector = new DirectoryInspector(new MountedAs("ext4"),
				new WriteRequirements(WriteOptions.engineDefaults(), LockScope.HOST), (path) -> false);
		Health health = new AtomicWriteHealthIndicator(new ManagedDirectories(Map.of("data", this.directory)),
				inspector, Duration.ZERO, InstantSource.system())
			.health();
		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails().toString()).contains("writable=false");
	}

	@Test
	void preparationTakesALinkToADirectoryAndWarnsOfTheRealOne() throws IOException {
		Path real = Files.createDirectory(this.directory.toRealPath().resolve("real"));
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), real);
		Map<Path, String> warned = new HashMap<>();
		new DirectoryPreparation(
				new ManagedDirectories(Map.of("data", link)), inspector("tmpfs",
						WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.WARN).build(), LockScope.HOST),
				warned::put)
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
		assertThat(directories.nameOf(link.resolve("a"))).isEqualTo("inner");
		assertThat(directories.nameOf(real.toRealPath().resolve("a"))).isEqualTo("inner");
		assertThat(directories.nameOf(this.directory.resolve("real/a"))).isEqualTo("outer");
		assertThat(directories.nameOf(this.directory.resolve("real/../a"))).isEqualTo(ManagedDirectories.OTHER);
		assertThat(directories.nameOf(this.directory.resolve("realistic"))).isEqualTo(ManagedDirectories.OTHER);
	}

	@Test
	void aCensusIsTakenOnceInAWhile() throws IOException {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
		InstantSource clock = now::get;
		try (LockRegistry locks = LockRegistry.file()) {
			CachedCensus census = new CachedCensus(
					new DirectoryCensus(FileOps.system(), locks, ".backup", InstantSource.system(), Duration.ZERO),
					Duration.ofSeconds(30), clock);
			ManagedDirectory managed = new ManagedDirectory("data", this.directory);
			assertThat(census.count(managed)).extracting(CensusReport::backups).isEqualTo(0L);
			Files.createFile(this.directory.resolve("a.backup"));
			assertThat(census.count(managed)).extracting(CensusReport::backups).isEqualTo(0L);
			now.updateAndGet((instant) -> instant.plusSeconds(30));
			assertThat(census.count(managed)).extracting(CensusReport::backups).isEqualTo(1L);
			assertThat(census.count(new ManagedDirectory("none", this.directory.resolve("none")))).isNull();
		}
	}

	private DirectoryInspection inspect(String type, WriteOptions options, LockScope scope) throws IOException {
		return inspector(type, options, scope).inspect(new ManagedDirectory("data", this.directory));
	}

	private static DirectoryInspector inspector(String type, WriteOptions options, LockScope scope) {
		return new DirectoryInspector(new MountedAs(type), new WriteRequirements(options, scope));
	}

}

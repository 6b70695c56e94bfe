package io.atomicwrite.spring.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteMetricsAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteObservationAutoConfiguration;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.atomicwrite.spring.housekeeping.DirectoryHousekeeping;
import io.atomicwrite.test.fault.RecordingFileOps;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

class AtomicWriteMetricsTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner plain;

	private ApplicationContextRunner observed;

	@BeforeEach
	void createRunners() {
		this.plain = new ApplicationContextRunner().withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withConfiguration(
					AutoConfigurations.of(AtomicWriteAutoConfiguration.class, AtomicWriteMetricsAutoConfiguration.class,
							AtomicWriteObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
							SimpleMetricsExportAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
			.withPropertyValues("atomicwrite.directories.data.path=" + this.directory.resolve("data"),
					"atomicwrite.housekeeping.enabled=false");
		this.observed = this.plain.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class));
	}

	@Test
	void aWriteIsTimedAndSizedByDirectory() {
		this.plain.run((context) -> {
			assertThat(context).hasSingleBean(MicrometerWriteListener.class)
				.doesNotHaveBean(ObservationWriteListener.class);
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			template.writeString(this.directory.resolve("data/a.txt"), "abc");
			template.writeString(this.directory.resolve("b.txt"), "abcd");
			assertThat(timer(registry, "data", "durable", "none").count()).isOne();
			assertThat(timer(registry, "other", "durable", "none").count()).isOne();
			assertThat(count(registry, "atomicwrite.content.size", "data")).isEqualTo(3);
			assertThat(registry.get("atomicwrite.phase").tag("phase", "sync").timer().count()).isEqualTo(2);
		});
	}

	@Test
	void anObservationTakesThePlaceOfTheTimer() {
		this.observed.run((context) -> {
			assertThat(context).hasSingleBean(ObservationWriteListener.class);
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			template.writeString(this.directory.resolve("data/a.txt"), "abc");
			assertThat(registry.find("atomicwrite.write").timers()).hasSize(2);
			assertThat(timer(registry, "data", "durable", "none").count()).isOne();
			assertThatExceptionOfType(TargetExistsException.class)
				.isThrownBy(() -> template.writeString(this.directory.resolve("data/a.txt"), "abc",
						WriteOptions.engineDefaults().toBuilder().overwrite(false).build()));
			assertThat(timer(registry, "data", "not_committed", "TargetExistsException").count()).isOne();
			template.open(this.directory.resolve("data/a.txt")).close();
			assertThat(timer(registry, "data", "discarded", "none").count()).isOne();
			assertThat(count(registry, "atomicwrite.content.size", "data")).isEqualTo(3);
		});
	}

	@Test
	void failuresAndDiscardsAreRecorded() {
		this.plain.run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Path target = this.directory.resolve("data/a.txt");
			template.open(target).close();
			assertThat(timer(registry, "data", "discarded", "none").count()).isOne();
			template.writeString(target, "abc");
			assertThatExceptionOfType(TargetExistsException.class).isThrownBy(() -> template.writeString(target, "abc",
					WriteOptions.engineDefaults().toBuilder().overwrite(false).build()));
			assertThat(timer(registry, "data", "not_committed", "TargetExistsException").count()).isOne();
		});
	}

	@Test
	void metersExistBeforeTheFirstEvent() {
		this.plain.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			for (String name : new String[] { "data", "other" }) {
				assertThat(registry.get("atomicwrite.lock.wait")
					.tags("directory", name, "outcome", "acquired")
					.timer()
					.count()).isZero();
				assertThat(timer(registry, name, "durable", "none").count()).isZero();
				assertThat(count(registry, "atomicwrite.checksum.failures", name)).isZero();
			}
			assertThat(registry.get("atomicwrite.lock.hold").timer().count()).isZero();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void eachMeterExistsFromTheStartWithADescription(boolean observed) {
		(observed ? this.observed : this.plain).withPropertyValues("atomicwrite.checksum.mode=sidecar")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				Set<String> atStart = names(registry);
				assertThat(atStart).contains("atomicwrite.write", "atomicwrite.write.oldest",
						"atomicwrite.content.size", "atomicwrite.phase", "atomicwrite.lock.wait",
						"atomicwrite.lock.hold", "atomicwrite.lock.held", "atomicwrite.lock.waiting",
						"atomicwrite.staging.files", "atomicwrite.orphan.size", "atomicwrite.guarantee.level",
						"atomicwrite.directory.usable", "atomicwrite.checksum.failures", "atomicwrite.reads",
						"atomicwrite.housekeeping.removed", "atomicwrite.housekeeping.running");
				AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
				Path target = this.directory.resolve("data/a.txt");
				template.writeString(target, "abc");
				template.open(target).close();
				template.delete(target);
				assertThat(names(registry)).isEqualTo(atStart);
				assertThat(registry.getMeters()).filteredOn(this::isOurs)
					.allSatisfy((meter) -> assertThat(meter.getId().getDescription()).as(meter.getId().toString())
						.isNotBlank());
			});
	}

	@Test
	void anObservationFindsItsTimerWhateverTagsAFilterAdds() {
		this.observed.withPropertyValues("management.observations.key-values.region=eu").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("atomicwrite.write").timers()).hasSize(2);
			context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("data/a.txt"), "abc");
			assertThat(registry.get("atomicwrite.write").timers()).hasSize(2);
			assertThat(registry.get("atomicwrite.write").tags("region", "eu", "directory", "data").timer().count())
				.isOne();
		});
	}

	@Test
	void writesAreTimedThoughTheirObservationIsOff() {
		this.observed.withPropertyValues("management.observations.enable.atomicwrite.write=false").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(timer(registry, "data", "durable", "none").count()).isZero();
			context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("data/a.txt"), "abc");
			assertThat(timer(registry, "data", "durable", "none").count()).isOne();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theOldestWriteUnderWayIsAGauge(boolean observed) {
		(observed ? this.observed : this.plain).run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(oldest(registry, "data")).isZero();
			try (StagedWrite write = template.open(this.directory.resolve("data/a.txt"))) {
				await().until(() -> oldest(registry, "data") > 0);
				assertThat(oldest(registry, "other")).isZero();
				assertThat(names(registry)).doesNotContain("atomicwrite.write.active");
				write.commit();
			}
			assertThat(oldest(registry, "data")).isZero();
		});
	}

	private static double oldest(MeterRegistry registry, String directory) {
		return registry.get("atomicwrite.write.oldest").tag("directory", directory).gauge().value();
	}

	@Test
	void damageAndBackupsInItsPlaceAreCounted() {
		this.plain.withPropertyValues("atomicwrite.checksum.mode=sidecar", "atomicwrite.backup.enabled=true")
			.run((context) -> {
				AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				Path target = this.directory.resolve("data/a.txt");
				template.writeString(target, "old");
				template.writeString(target, "new");
				assertThat(template.readVerified(target)).asString().isEqualTo("new");
				assertThat(count(registry, "atomicwrite.checksum.failures", "data")).isZero();
				Files.writeString(target, "damaged");
				assertThatExceptionOfType(ChecksumMismatchException.class).isThrownBy(() -> template.verify(target));
				assertThat(count(registry, "atomicwrite.checksum.failures", "data")).isOne();
				assertThat(reads(registry)[1]).isZero();
				assertThat(template.readVerifiedOrBackup(target).value()).asString().isEqualTo("old");
				assertThat(reads(registry)[1]).isOne();
				assertThat(count(registry, "atomicwrite.checksum.failures", "other")).isZero();
			});
	}

	@Test
	void whatHousekeepingRemovesIsCounted() throws IOException {
		Path data = Files.createDirectories(this.directory.resolve("data"));
		for (String name : new String[] { ".a.json.0123456789abcdef.tmp", ".b.json.0123456789abcdef.tmp", "c.json.lock",
				"a.json.20200101-000000.backup" }) {
			Path file = Files.createFile(data.resolve(name));
			Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(7200)));
		}
		this.plain.withPropertyValues("atomicwrite.housekeeping.enabled=true", "atomicwrite.housekeeping.backup-age=1d")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				await().untilAsserted(() -> assertThat(data).isEmptyDirectory());
				await().untilAsserted(() -> assertThat(removed(registry)).containsExactly(2, 1, 0, 1, 0));
			});
	}

	@Test
	void waitsAndHoldsAreMeasured() {
		this.plain.run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Path target = this.directory.resolve("data/a.txt");
			try (StagedWrite write = template.open(target)) {
				assertThat(registry.get("atomicwrite.lock.held").tag("directory", "data").gauge().value()).isOne();
				Thread other = new Thread(() -> assertThatExceptionOfType(LockNotAcquiredException.class)
					.isThrownBy(() -> template.writeString(target, "x",
							WriteOptions.engineDefaults().toBuilder().lock(LockRequest.failFast()).build())));
				other.start();
				other.join();
				write.commit();
			}
			assertThat(wait(registry, "acquired").count()).isOne();
			assertThat(wait(registry, "busy").count()).isOne();
			assertThat(registry.get("atomicwrite.lock.hold").timer().count()).isOne();
			assertThat(registry.get("atomicwrite.lock.held").tag("directory", "data").gauge().value()).isZero();
			assertThat(registry.get("atomicwrite.lock.waiting").tag("directory", "data").gauge().value()).isZero();
		});
	}

	@Test
	void orphansAndLevelsAreGauges() throws IOException {
		Path data = Files.createDirectories(this.directory.resolve("data"));
		Path orphan = Files.write(data.resolve(".a.json.0123456789abcdef.tmp"), new byte[] { 1, 2, 3 });
		Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minusSeconds(3600)));
		this.plain.withBean(MountedAs.class, () -> new MountedAs("overlay")).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			await().until(() -> orphans(registry), (value) -> value == 1);
			assertThat(registry.get("atomicwrite.orphan.size").tag("directory", "data").gauge().value()).isEqualTo(3);
			await().until(() -> level(registry, "atomic_visibility"), (value) -> value == 3);
			assertThat(level(registry, "crash_durability")).isEqualTo(2);
		});
	}

	private static double orphans(MeterRegistry registry) {
		return registry.get("atomicwrite.staging.files").tags("directory", "data", "state", "orphan").gauge().value();
	}

	@Test
	void levelsFollowTheMountWithoutAWrite() throws IOException {
		MountedAs mounted = new MountedAs("ext4");
		RecordingFileOps files = new RecordingFileOps(mounted);
		Path data = Files.createDirectories(this.directory.resolve("data"));
		this.plain.withBean(FileOps.class, () -> files).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			awaitLevels(registry, 3, 3, 3);
			mounted.remount("nfs4");
			awaitLevels(registry, 2, 2, 2);
			mounted.remount("fuse.s3fs");
			awaitLevels(registry, 0, 1, 1);
			mounted.overlay(Files.createDirectory(this.directory.toRealPath().resolve("upper")), "tmpfs");
			awaitLevels(registry, 3, 0, 3);
			assertThat(usable(registry)).isZero();
			Files.delete(data);
			// not NaN, for which no comparison of an alert holds
			awaitLevels(registry, 0, 0, 0, 0);
			assertThat(usable(registry)).isZero();
			Files.createDirectory(data);
			mounted.remount("ext4");
			awaitLevels(registry, 3, 3, 3);
			assertThat(usable(registry)).isOne();
			assertThat(files.changes()).isEmpty();
		});
	}

	@Test
	void readsAreCountedByWhatTheyReturned() {
		this.plain.withPropertyValues("atomicwrite.checksum.mode=sidecar", "atomicwrite.backup.enabled=true")
			.run((context) -> {
				AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				Path target = this.directory.resolve("data/a.txt");
				template.writeString(target, "old");
				template.writeString(target, "new");
				template.readVerified(target);
				template.readVerifiedOrBackup(target);
				assertThat(reads(registry)).containsExactly(2, 0, 0);
				Files.writeString(target, "damaged");
				template.readVerifiedOrBackup(target);
				assertThat(reads(registry)).containsExactly(2, 1, 0);
				assertThatExceptionOfType(ChecksumMismatchException.class)
					.isThrownBy(() -> template.readVerified(target));
				Files.writeString(this.directory.resolve("data/a.txt.backup"), "damaged too");
				assertThatExceptionOfType(ChecksumMismatchException.class)
					.isThrownBy(() -> template.readVerifiedOrBackup(target));
				assertThat(reads(registry)).containsExactly(2, 1, 2);
				// not a read
				assertThatExceptionOfType(ChecksumMismatchException.class).isThrownBy(() -> template.verify(target));
				assertThat(reads(registry)).containsExactly(2, 1, 2);
			});
	}

	private static double[] reads(MeterRegistry registry) {
		return Stream.of("verified", "fallback", "damaged")
			.mapToDouble((outcome) -> registry.get("atomicwrite.reads")
				.tags("directory", "data", "outcome", outcome)
				.counter()
				.count())
			.toArray();
	}

	@Test
	void sweepsAreCountedByHowTheyEnd() throws IOException {
		Path data = Files.createDirectories(this.directory.resolve("data"));
		this.plain.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			DirectoryHousekeeping housekeeping = context.getBean(DirectoryHousekeeping.class);
			ManagedDirectory directory = new ManagedDirectory("data", data);
			assertThat(lastSuccess(registry)).isZero();
			housekeeping.sweep(directory, true);
			assertThat(sweeps(registry)).containsExactly(0, 0);
			housekeeping.sweep(directory, false);
			assertThat(sweeps(registry)).containsExactly(1, 0);
			assertThat(lastSuccess(registry)).isCloseTo(System.currentTimeMillis() / 1e3, within(60.0));
			Path lock = Files.createFile(data.resolve("a.json.lock"));
			Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(7200)));
			housekeeping.sweep(directory, false);
			assertThat(sweeps(registry)).containsExactly(2, 0);
			double last = lastSuccess(registry);
			housekeeping.sweep(new ManagedDirectory("data", Files.createFile(this.directory.resolve("file"))), false);
			assertThat(sweeps(registry)).containsExactly(2, 1);
			assertThat(lastSuccess(registry)).isEqualTo(last);
		});
	}

	private static double lastSuccess(MeterRegistry registry) {
		return registry.get("atomicwrite.housekeeping.last.success").tag("directory", "data").gauge().value();
	}

	private static double[] sweeps(MeterRegistry registry) {
		return Stream.of("completed", "failed")
			.mapToDouble((outcome) -> registry.get("atomicwrite.housekeeping.sweeps")
				.tags("directory", "data", "outcome", outcome)
				.functionCounter()
				.count())
			.toArray();
	}

	@Test
	void theOldestHoldAndTheOldestWaitAreGauges() throws Exception {
		InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(5));
		this.plain.withBean(InstantSource.class, () -> later).run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Path target = this.directory.resolve("data/a.txt");
			Thread other = new Thread(() -> template.writeString(target, "x"));
			assertThat(lockGauge(registry, "oldest.hold", "data")).isZero();
			try (StagedWrite write = template.open(target)) {
				assertThat(lockGauge(registry, "oldest.hold", "data")).isBetween(290.0, 600.0);
				assertThat(lockGauge(registry, "oldest.hold", "other")).isZero();
				other.start();
				await().until(() -> lockGauge(registry, "waiting", "data") == 1);
				assertThat(lockGauge(registry, "oldest.wait", "data")).isBetween(290.0, 600.0);
				write.commit();
			}
			other.join();
			// the gauges of one scrape come from one look, which is a moment old
			await().until(
					() -> lockGauge(registry, "oldest.hold", "data") + lockGauge(registry, "oldest.wait", "data") == 0);
		});
	}

	private static double lockGauge(MeterRegistry registry, String name, String directory) {
		return registry.get("atomicwrite.lock." + name).tag("directory", directory).gauge().value();
	}

	@Test
	void stagingFilesAreCountedByTheirState() throws IOException {
		Path data = Files.createDirectories(this.directory.resolve("data"));
		for (int hours : new int[] { -2, -2, 2, 0 }) {
			Path file = Files.createTempFile(data, ".a.json.", ".x");
			Path staging = data.resolve(".a" + Math.abs(file.hashCode()) + ".json.0123456789abcdef.tmp");
			Files.move(file, staging);
			Files.setLastModifiedTime(staging, FileTime.from(Instant.now().plusSeconds(hours * 3600L)));
		}
		this.plain.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			await().untilAsserted(() -> assertThat(Stream.of("live", "orphan", "future")
				.mapToDouble((state) -> registry.get("atomicwrite.staging.files")
					.tags("directory", "data", "state", state)
					.gauge()
					.value())
				.toArray()).containsExactly(1, 2, 1));
		});
	}

	@Test
	void warningsAreCounted() {
		this.plain.withPropertyValues("atomicwrite.safety=warn")
			.withBean(FileOps.class, () -> new MountedAs("tmpfs"))
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(count(registry, "atomicwrite.warnings", "data")).isZero();
				context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("data/a.txt"), "x");
				assertThat(count(registry, "atomicwrite.warnings", "data")).isPositive();
			});
	}

	@Test
	void noTagHoldsAPathExceptOfAMountPoint() {
		this.observed.run((context) -> {
			context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("data/a.txt"), "abc");
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.getMeters()).filteredOn(this::isOurs)
				.isNotEmpty()
				.flatExtracting((meter) -> meter.getId().getTags())
				.filteredOn((tag) -> !tag.getKey().equals("mount"))
				.extracting(Tag::getValue)
				.noneMatch((value) -> value.contains("/"));
			assertThat(registry.getMeters()).filteredOn((meter) -> meter.getId().getTag("mount") != null)
				.extracting((meter) -> meter.getId().getName())
				.containsOnly("atomicwrite.directory.info");
		});
	}

	@Test
	void backsOffWithoutARegistryAndWithoutMicrometer() {
		new ApplicationContextRunner().withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteMetricsAutoConfiguration.class, AtomicWriteObservationAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(AtomicWriteMetrics.class)
				.doesNotHaveBean(MicrometerWriteListener.class));
		new ApplicationContextRunner().withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteMetricsAutoConfiguration.class, AtomicWriteObservationAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer.core", "org.springframework.boot.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(AtomicFileTemplate.class)
				.doesNotHaveBean(AtomicWriteMetrics.class));
	}

	private Set<String> names(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.filter(this::isOurs)
			.map((meter) -> meter.getId().getName())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static double count(MeterRegistry registry, String name, String directory) {
		return registry.get(name).tag("directory", directory).counter().count();
	}

	private static double[] removed(MeterRegistry registry) {
		return Stream.of("staging", "lock", "sidecar", "backup", "probe")
			.mapToDouble((kind) -> registry.get("atomicwrite.housekeeping.removed").tag("kind", kind).counter().count())
			.toArray();
	}

	private boolean isOurs(Meter meter) {
		return meter.getId().getName().startsWith("atomicwrite.");
	}

	private static Timer timer(MeterRegistry registry, String directory, String outcome, String exception) {
		return registry.get("atomicwrite.write")
			.tags("directory", directory, "outcome", outcome, "exception", exception)
			.timer();
	}

	private static Timer wait(MeterRegistry registry, String outcome) {
		return registry.get("atomicwrite.lock.wait").tags("directory", "data", "outcome", outcome).timer();
	}

	private static void awaitLevels(MeterRegistry registry, double... expected) {
		await().untilAsserted(() -> assertThat(levels(registry)).startsWith(expected));
	}

	private static double usable(MeterRegistry registry) {
		return registry.get("atomicwrite.directory.usable").tag("directory", "data").gauge().value();
	}

	private static double[] levels(MeterRegistry registry) {
		return Arrays.stream(Guarantee.values())
			.mapToDouble((guarantee) -> level(registry, guarantee.name().toLowerCase(Locale.ROOT)))
			.toArray();
	}

	private static double level(MeterRegistry registry, String guarantee) {
		return registry.get("atomicwrite.guarantee.level")
			.tags("directory", "data", "guarantee", guarantee)
			.gauge()
			.value();
	}

}

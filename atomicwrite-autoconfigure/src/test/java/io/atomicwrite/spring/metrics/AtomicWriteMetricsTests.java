package io.atomicwrite.spring.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
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
import io.atomicwrite.test.RecordingFileOps;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
			assertThat(registry.get("atomicwrite.write.size").tag("directory", "data").summary().totalAmount())
				.isEqualTo(3);
			assertThat(registry.get("atomicwrite.write.phase").tag("phase", "sync").timer().count()).isEqualTo(2);
		});
	}

	@Test
	void anObservationTakesThePlaceOfTheTimer() {
		this.observed.run((context) -> {
			assertThat(context).hasSingleBean(ObservationWriteListener.class);
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			template.writeString(this.directory.resolve("data/a.txt"), "abc");
			assertThat(registry.find("atomicwrite.write").timers()).hasSize(1);
			assertThat(timer(registry, "data", "durable", "none").count()).isOne();
			assertThatExceptionOfType(TargetExistsException.class)
				.isThrownBy(() -> template.writeString(this.directory.resolve("data/a.txt"), "abc",
						WriteOptions.engineDefaults().toBuilder().overwrite(false).build()));
			assertThat(timer(registry, "data", "not_committed", "TargetExistsException").count()).isOne();
			template.open(this.directory.resolve("data/a.txt")).close();
			assertThat(timer(registry, "data", "discarded", "none").count()).isOne();
			assertThat(registry.get("atomicwrite.write.size").tag("directory", "data").summary().count()).isOne();
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
				for (String outcome : new String[] { "acquired", "timeout", "busy", "interrupted" }) {
					assertThat(registry.get("atomicwrite.lock.wait")
						.tags("directory", name, "outcome", outcome)
						.timer()
						.count()).isZero();
				}
				assertThat(registry.get("atomicwrite.lock.hold").tag("directory", name).timer().count()).isZero();
				assertThat(timer(registry, name, "durable", "none").count()).isZero();
				assertThat(count(registry, "atomicwrite.checksum.failures", name)).isZero();
				assertThat(count(registry, "atomicwrite.fallbacks", name)).isZero();
			}
		});
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
				assertThat(count(registry, "atomicwrite.fallbacks", "data")).isZero();
				assertThat(template.readVerifiedOrBackup(target).value()).asString().isEqualTo("old");
				assertThat(count(registry, "atomicwrite.fallbacks", "data")).isOne();
				assertThat(count(registry, "atomicwrite.checksum.failures", "other")).isZero();
				assertThat(count(registry, "atomicwrite.fallbacks", "other")).isZero();
			});
	}

	@Test
	void whatHousekeepingRemovesIsCounted() throws IOException {
		Path data = Files.createDirectories(this.directory.resolve("data"));
		for (String name : new String[] { ".a.json.0123456789abcdef.tmp", ".b.json.0123456789abcdef.tmp", "a.json.lock",
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
				assertThat(registry.get("atomicwrite.lock.held").gauge().value()).isOne();
				Thread other = new Thread(() -> assertThatExceptionOfType(LockNotAcquiredException.class)
					.isThrownBy(() -> template.writeString(target, "x",
							WriteOptions.engineDefaults().toBuilder().lock(LockRequest.failFast()).build())));
				other.start();
				other.join();
				write.commit();
			}
			assertThat(wait(registry, "acquired").count()).isOne();
			assertThat(wait(registry, "busy").count()).isOne();
			assertThat(registry.get("atomicwrite.lock.hold").tag("directory", "data").timer().count()).isOne();
			assertThat(registry.get("atomicwrite.lock.held").gauge().value()).isZero();
			assertThat(registry.get("atomicwrite.lock.waiting").gauge().value()).isZero();
		});
	}

	@Test
	void orphansAndLevelsAreGauges() throws IOException {
		Path data = Files.createDirectories(this.directory.resolve("data"));
		Path orphan = Files.write(data.resolve(".a.json.0123456789abcdef.tmp"), new byte[] { 1, 2, 3 });
		Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minusSeconds(3600)));
		this.plain.withBean(MountedAs.class, () -> new MountedAs("overlay")).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("atomicwrite.orphans").tag("directory", "data").gauge().value()).isOne();
			assertThat(registry.get("atomicwrite.orphan.size").tag("directory", "data").gauge().value()).isEqualTo(3);
			assertThat(level(registry, "atomic_visibility")).isEqualTo(3);
			assertThat(level(registry, "crash_durability")).isEqualTo(2);
		});
	}

	@Test
	void levelsFollowTheMountWithoutAWrite() throws IOException {
		MountedAs mounted = new MountedAs("ext4");
		RecordingFileOps files = new RecordingFileOps(mounted);
		Path data = Files.createDirectories(this.directory.resolve("data"));
		this.plain.withBean(FileOps.class, () -> files).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(levels(registry)).startsWith(3, 3, 3);
			mounted.remount("nfs4");
			assertThat(levels(registry)).startsWith(2, 2, 2);
			mounted.remount("fuse.s3fs");
			assertThat(levels(registry)).startsWith(0, 1, 1);
			mounted.overlay(Files.createDirectory(this.directory.toRealPath().resolve("upper")), "tmpfs");
			assertThat(levels(registry)).startsWith(3, 0, 3);
			Files.delete(data);
			assertThat(levels(registry)).containsOnly(Double.NaN);
			Files.createDirectory(data);
			mounted.remount("ext4");
			assertThat(levels(registry)).startsWith(3, 3, 3);
			assertThat(files.changes()).isEmpty();
		});
	}

	@Test
	void noTagHoldsAPath() {
		this.observed.run((context) -> {
			context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("data/a.txt"), "abc");
			assertThat(context.getBean(MeterRegistry.class).getMeters()).filteredOn(this::isOurs)
				.isNotEmpty()
				.flatExtracting((meter) -> meter.getId().getTags())
				.extracting(Tag::getValue)
				.noneMatch((value) -> value.contains("/"));
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

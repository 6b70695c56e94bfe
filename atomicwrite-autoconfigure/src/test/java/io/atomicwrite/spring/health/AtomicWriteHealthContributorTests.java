package io.atomicwrite.spring.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.Runbook;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.NativeCalls;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.health.AtomicWriteHealthContributorAutoConfiguration;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors.Entry;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class AtomicWriteHealthContributorTests {

	@TempDir
	private Path directory;

	private final MountedAs files = new MountedAs("ext4");

	private final RecordingFileOps recorded = new RecordingFileOps(this.files);

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = new ApplicationContextRunner().withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteHealthContributorAutoConfiguration.class))
			.withBean(FileOps.class, () -> this.recorded)
			.withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withBean(InstantSource.class, () -> this.now::get)
			.withPropertyValues("atomicwrite.directories.data.path=" + this.directory.resolve("data"),
					"atomicwrite.directories.export.path=" + this.directory.resolve("export"));
	}

	@Test
	void isUpWithDetailsOfEachDirectory() {
		this.runner.run((context) -> {
			assertThat(context.getBean(AtomicWriteHealthContributor.class).getContributor("directories"))
				.asInstanceOf(type(CompositeHealthContributor.class))
				.satisfies((all) -> assertThat(all.stream().map(Entry::name)).containsExactly("data", "export"));
			Health health = HealthOf.directory(context, "data");
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("path", this.directory.resolve("data").toString())
				.containsEntry("filesystem", "ext4")
				.containsEntry("writable", true)
				.containsEntry("nativeCalls", NativeCalls.status().toString())
				.extractingByKey("guarantees", MAP)
				.extractingByKey("CRASH_DURABILITY", MAP)
				.containsEntry("level", "GUARANTEED")
				.containsKey("reason");
		});
	}

	@Test
	void isOutOfServiceBelowTheRequiredLevelOnceTheCacheHasExpired() {
		this.runner.run((context) -> {
			assertThat(HealthOf.directory(context, "data").getStatus()).isEqualTo(Status.UP);
			this.files.remount("jfs");
			this.now.set(Instant.EPOCH.plusSeconds(9));
			assertThat(HealthOf.directory(context, "data").getStatus()).isEqualTo(Status.UP);
			this.now.set(Instant.EPOCH.plusSeconds(10));
			Health health = HealthOf.directory(context, "data");
			assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.getDetails().toString()).contains("CRASH_DURABILITY must be BEST_EFFORT");
			assertThat(health.getDetails()).containsEntry("runbooks", List.of(Runbook.GUARANTEE_DROPPED.url()));
		});
	}

	@Test
	void isUpInMemoryAndShowsThatNothingThereIsDurable() {
		this.files.remount("tmpfs");
		this.runner.run((context) -> {
			Health health = HealthOf.directory(context, "data");
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails().toString())
				.contains("warnings=[CRASH_DURABILITY is UNSUPPORTED on tmpfs", "not a reboot", "level=UNSUPPORTED")
				.doesNotContain("shortfalls");
		});
		this.runner
			.withPropertyValues("atomicwrite.directories.data.require.crash-durability=best-effort",
					"atomicwrite.startup-check=off")
			.run((context) -> assertThat(HealthOf.directory(context, "data").getStatus())
				.isEqualTo(Status.OUT_OF_SERVICE));
	}

	@Test
	void isOutOfServiceWhereEveryWriteIsRefused() {
		this.runner
			.withPropertyValues("atomicwrite.safety=best-effort", "management.health.atomicwrite.cache.time-to-live=0s")
			.run((context) -> {
				this.files.remount("fuse.s3fs");
				Health health = HealthOf.directory(context, "data");
				assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(health.getDetails()).containsEntry("lacks", List.of("ATOMIC_WRITE"));
			});
	}

	@Test
	@RequiresRoot
	void noticesARealMount() throws IOException {
		Path data = Files.createDirectory(this.directory.resolve("data"));
		new ApplicationContextRunner().withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteHealthContributorAutoConfiguration.class))
			.withPropertyValues("atomicwrite.directories.data.path=" + data,
					"management.health.atomicwrite.cache.time-to-live=0s")
			.run((context) -> {
				assertThat(HealthOf.directory(context, "data").getStatus()).isEqualTo(Status.UP);
				try (Mounted mounted = Mounted.tmpfs(data, "size=1m,ro")) {
					Health health = HealthOf.directory(context, "data");
					assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
					assertThat(health.getDetails()).containsEntry("filesystem", "tmpfs")
						.containsEntry("writable", false)
						.containsEntry("runbooks", List.of(Runbook.MOUNT_CHANGED.url()))
						.extractingByKey("guarantees", MAP)
						.containsEntry("CRASH_DURABILITY",
								Map.of("level", "UNSUPPORTED", "reason", "mounted read-only"));
					assertThat(mounted.point()).isEmptyDirectory();
				}
				assertThat(HealthOf.directory(context, "data").getStatus()).isEqualTo(Status.UP);
			});
	}

	@Test
	void isDownWhereADirectoryIsGone() {
		this.runner.withPropertyValues("management.health.atomicwrite.cache.time-to-live=0s").run((context) -> {
			this.files.remount("tmpfs");
			Files.delete(this.directory.resolve("data"));
			Health health = HealthOf.directory(context, "data");
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).containsKey("error")
				.containsEntry("runbooks", List.of(Runbook.DIRECTORY_UNUSABLE.url()));
		});
	}

	@Test
	void writesNothing() {
		this.runner.run((context) -> {
			HealthOf.directory(context, "data");
			assertThat(DirectoryContent.of(this.directory)).containsExactly("data", "export");
			assertThat(this.recorded.changes()).isEmpty();
		});
	}

	@Test
	void isUpWithoutManagedDirectories() {
		new ApplicationContextRunner().withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteHealthContributorAutoConfiguration.class))
			.run((context) -> assertThat(HealthOf.directory(context, "other").getStatus()).isEqualTo(Status.UP));
	}

	@Test
	void canBeSwitchedOffAndReplaced() {
		this.runner.withPropertyValues("management.health.atomicwrite.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AtomicWriteHealthContributor.class));
		this.runner.withBean("atomicwriteHealthContributor", Map.class, Map::of)
			.run((context) -> assertThat(context).doesNotHaveBean(AtomicWriteHealthContributor.class));
		this.runner.withPropertyValues("atomicwrite.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AtomicWriteHealthContributor.class));
	}

}

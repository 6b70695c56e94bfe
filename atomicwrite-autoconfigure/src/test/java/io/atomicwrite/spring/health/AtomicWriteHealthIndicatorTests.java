package io.atomicwrite.spring.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.health.AtomicWriteHealthContributorAutoConfiguration;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.RecordingFileOps;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

class AtomicWriteHealthIndicatorTests {

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
			Health health = context.getBean("atomicwriteHealthIndicator", AtomicWriteHealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).extractingByKey("directories", MAP)
				.containsOnlyKeys("data", "export")
				.extractingByKey("data", MAP)
				.containsEntry("status", "UP")
				.containsEntry("path", this.directory.resolve("data").toString())
				.containsEntry("filesystem", "ext4")
				.containsEntry("writable", true)
				.extractingByKey("guarantees", MAP)
				.extractingByKey("CRASH_DURABILITY", MAP)
				.containsEntry("level", "GUARANTEED")
				.containsKey("reason");
		});
	}

	@Test
	void isOutOfServiceBelowTheRequiredLevelOnceTheCacheHasExpired() {
		this.runner.run((context) -> {
			AtomicWriteHealthIndicator indicator = context.getBean(AtomicWriteHealthIndicator.class);
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			this.files.remount("tmpfs");
			this.now.set(Instant.EPOCH.plusSeconds(9));
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			this.now.set(Instant.EPOCH.plusSeconds(10));
			Health health = indicator.health();
			assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.getDetails().toString()).contains("CRASH_DURABILITY must be BEST_EFFORT");
		});
	}

	@Test
	void isOutOfServiceWhereEveryWriteIsRefused() {
		this.runner
			.withPropertyValues("atomicwrite.safety=best-effort", "management.health.atomicwrite.cache.time-to-live=0s")
			.run((context) -> {
				this.files.remount("fuse.s3fs");
				Health health = context.getBean(AtomicWriteHealthIndicator.class).health();
				assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(health.getDetails()).extractingByKey("directories", MAP)
					.extractingByKey("data", MAP)
					.containsEntry("lacks", List.of("ATOMIC_WRITE"));
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
				AtomicWriteHealthIndicator indicator = context.getBean(AtomicWriteHealthIndicator.class);
				assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
				try (Mounted mounted = Mounted.tmpfs(data, "size=1m,ro")) {
					Health health = indicator.health();
					assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
					assertThat(health.getDetails()).extractingByKey("directories", MAP)
						.extractingByKey("data", MAP)
						.containsEntry("filesystem", "tmpfs")
						.containsEntry("writable", false)
						.extractingByKey("guarantees", MAP)
						.containsEntry("CRASH_DURABILITY",
								Map.of("level", "UNSUPPORTED", "reason", "mounted read-only"));
					assertThat(mounted.point()).isEmptyDirectory();
				}
				assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			});
	}

	@Test
	void isDownWhereADirectoryIsGone() {
		this.runner.withPropertyValues("management.health.atomicwrite.cache.time-to-live=0s").run((context) -> {
			AtomicWriteHealthIndicator indicator = context.getBean(AtomicWriteHealthIndicator.class);
			this.files.remount("tmpfs");
			Files.delete(this.directory.resolve("data"));
			Health health = indicator.health();
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).extractingByKey("directories", MAP)
				.extractingByKey("data", MAP)
				.containsEntry("status", "DOWN")
				.containsKey("error");
		});
	}

	@Test
	void writesNothing() {
		this.runner.run((context) -> {
			AtomicWriteHealthIndicator indicator = context.getBean(AtomicWriteHealthIndicator.class);
			indicator.health();
			assertThat(DirectoryContent.of(this.directory)).containsExactly("data", "export");
			assertThat(this.recorded.changes()).isEmpty();
		});
	}

	@Test
	void isUpWithoutManagedDirectories() {
		new ApplicationContextRunner().withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteHealthContributorAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(AtomicWriteHealthIndicator.class).health())
				.isEqualTo(Health.up().build()));
	}

	@Test
	void canBeSwitchedOffAndReplaced() {
		this.runner.withPropertyValues("management.health.atomicwrite.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AtomicWriteHealthIndicator.class));
		this.runner.withBean("atomicwriteHealthContributor", Map.class, Map::of)
			.run((context) -> assertThat(context).doesNotHaveBean(AtomicWriteHealthIndicator.class));
		this.runner.withPropertyValues("atomicwrite.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AtomicWriteHealthIndicator.class));
	}

}

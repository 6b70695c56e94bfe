package io.atomicwrite.spring.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.health.AtomicWriteHealthContributorAutoConfiguration;
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

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteHealthContributorAutoConfiguration.class))
			.withBean(MountedAs.class, () -> this.files)
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
			context.getBean(AtomicWriteHealthIndicator.class).health();
			assertThat(namesIn("data")).isEmpty();
		});
	}

	@Test
	void isUpWithoutManagedDirectories() {
		new ApplicationContextRunner()
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

	private String[] namesIn(String name) throws IOException {
		try (var names = Files.list(this.directory.resolve(name))) {
			return names.map(Path::toString).toArray(String[]::new);
		}
	}

}

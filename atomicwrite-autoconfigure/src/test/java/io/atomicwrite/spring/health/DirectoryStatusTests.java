package io.atomicwrite.spring.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileOps.DiskSpace;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.health.AtomicWriteHealthContributorAutoConfiguration;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What leads to which status, see {@code docs/reference/health.md}.
 */
class DirectoryStatusTests {

	@TempDir
	private Path temp;

	private Path data;

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-04T05:06:07Z"));

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() throws IOException {
		this.data = Files.createDirectory(this.temp.toRealPath().resolve("data"));
		this.runner = new ApplicationContextRunner()
			.withPropertyValues("atomicwrite.housekeeping.enabled=false",
					"management.health.atomicwrite.cache.time-to-live=0s", "atomicwrite.checksum.mode=sidecar",
					"atomicwrite.directories.data.path=" + this.data)
			.withBean(InstantSource.class, () -> this.now::get)
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteHealthContributorAutoConfiguration.class));
	}

	private static FileOps withSpace(UnaryOperator<DiskSpace> change, Path where) {
		return new ForwardingFileOps(FileOps.system()) {
			@Override
			public DiskSpace space(Path path) throws IOException {
				DiskSpace space = super.space(path);
				return path.startsWith(where) ? change.apply(space) : space;
			}
		};
	}

	private static DiskSpace free(long bytes, long inodes) {
		return new DiskSpace(bytes, 1L << 40, OptionalLong.of(inodes));
	}

	private void assertStatus(FileOps files, String status, String... problem) {
		this.runner.withBean(FileOps.class, () -> files).run((context) -> {
			Health health = HealthOf.directory(context, "data");
			assertThat(health.getStatus().getCode()).isEqualTo(status);
			assertThat(String.valueOf(health.getDetails().get("problems"))).contains(problem);
		});
	}

	@Test
	void aFilesystemThatIsAlmostFullIsDegradedAndAFullOneOutOfService() {
		assertStatus(withSpace((space) -> free(20 << 20, 5000), this.data), "UP", "null");
		assertStatus(withSpace((space) -> free(9 << 20, 5000), this.data), "DEGRADED", "almost full: 9437184 bytes");
		assertStatus(withSpace((space) -> free(1 << 30, 99), this.data), "DEGRADED", "99 files can still be created");
		assertStatus(withSpace((space) -> free(0, 5000), this.data), "OUT_OF_SERVICE", "is full: free space on it");
		assertStatus(withSpace((space) -> free(1 << 30, 0), this.data), "OUT_OF_SERVICE", "is full: free inodes on it");
	}

	@Test
	void aSmallFilesystemIsNotFullBecauseOfItsSize() {
		assertStatus(withSpace((space) -> new DiskSpace(900_000, 1_000_000, OptionalLong.empty()), this.data), "UP",
				"null");
	}

	@Test
	void theBackupDirectoryIsNamedWhereItIsFullOrCanNotBeUsed() throws IOException {
		Path backups = Files.createDirectory(this.temp.toRealPath().resolve("backups"));
		this.runner = this.runner.withPropertyValues("atomicwrite.backup.enabled=true",
				"atomicwrite.backup.directory=" + backups);
		assertStatus(withSpace((space) -> free(0, 5000), backups), "OUT_OF_SERVICE", "the backup directory " + backups,
				"is full");
		Files.delete(backups);
		assertStatus(FileOps.system(), "UP", "null");
		this.runner = this.runner.withPropertyValues("atomicwrite.backup.directory=" + backups.resolve("below"));
		assertStatus(FileOps.system(), "OUT_OF_SERVICE", "no backup can be made in " + backups.resolve("below"),
				"create the directory");
	}

	@Test
	void aLockThatIsHeldForLongIsDegradedWithItsTargetAndThread() {
		// the registry takes the time of a hold from the system's clock
		this.now.set(Instant.now());
		this.runner.run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			try (StagedWrite write = template.open(this.data.resolve("a"))) {
				assertThat(HealthOf.directory(context, "data").getStatus().getCode()).isEqualTo("UP");
				this.now.updateAndGet((instant) -> instant.plus(Duration.ofMinutes(10)));
				Health health = HealthOf.directory(context, "data");
				assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
				assertThat(health.getDetails().get("locks").toString()).contains("held=1",
						"target=" + this.data.resolve("a"), "thread=" + Thread.currentThread().getName());
				assertThat(health.getDetails().get("problems").toString()).contains("is held for", "see its stack");
			}
			assertThat(HealthOf.directory(context, "data").getStatus().getCode()).isEqualTo("UP");
		});
	}

	@Test
	void aWriteThatFailedIsDegradedUntilOneSucceeds() {
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		this.runner.withBean(FileOps.class, () -> files).run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			files.fail((call) -> call.op() == Op.WRITE, 1, "No space left on device");
			assertThatExceptionOfType(WriteFailedException.class)
				.isThrownBy(() -> template.writeString(this.data.resolve("a"), "secret"));
			files.heal();
			Health health = HealthOf.directory(context, "data");
			assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
			assertThat(health.getDetails().get("lastFailure").toString()).contains("reason=no_space",
					"at=" + this.now.get(), "file=" + this.data.resolve("a"));
			assertThat(health.getDetails().toString()).doesNotContain("secret");
			template.writeString(this.data.resolve("b"), "x");
			Health after = HealthOf.directory(context, "data");
			assertThat(after.getStatus().getCode()).isEqualTo("UP");
			assertThat(after.getDetails()).containsKey("lastFailure");
		});
	}

	@Test
	void aFileThatDoesNotVerifyIsDegradedUntilItIsAccepted() {
		Path file = this.data.resolve("a");
		this.runner.run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			template.writeString(file, "x");
			Files.writeString(file, "by hand");
			assertThatExceptionOfType(ChecksumMismatchException.class).isThrownBy(() -> template.readVerified(file));
			Health health = HealthOf.directory(context, "data");
			assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
			assertThat(health.getDetails().get("damaged")).asString().isEqualTo("[" + file + "]");
			assertThat(health.getDetails().get("problems")).asString().contains("atomic-write accept");
			template.accept(file);
			assertThat(HealthOf.directory(context, "data").getStatus().getCode()).isEqualTo("UP");
		});
	}

	@Test
	void aBackupThatWasReadIsShownWithItsReason() {
		Path file = this.data.resolve("a");
		this.runner.withPropertyValues("atomicwrite.backup.enabled=true").run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			template.writeString(file, "1");
			template.writeString(file, "2");
			Files.writeString(file, "3");
			template.readVerifiedOrBackup(file);
			Health health = HealthOf.directory(context, "data");
			assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
			assertThat(health.getDetails().get("lastFallback").toString()).contains("file=" + file,
					"backup=" + file + ".backup", "reason=its content has the checksum");
		});
	}

	@Test
	void whatHappensOutsideIsShownAsOther() {
		this.runner.run((context) -> {
			context.getBean(AtomicFileTemplate.class).writeString(this.temp.resolve("outside"), "x");
			assertThat(HealthOf.directory(context, "other").getStatus().getCode()).isEqualTo("UP");
		});
	}

}

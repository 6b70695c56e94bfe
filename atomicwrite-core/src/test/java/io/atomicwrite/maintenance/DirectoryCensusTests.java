package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.ForkedJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DirectoryCensusTests {

	private static final String TOKEN = ".0123456789abcdef.tmp";

	@TempDir
	private Path directory;

	private final LockRegistry locks = LockRegistry.file();

	private final AtomicFileTemplate template = AtomicFileTemplate.builder().locks(this.locks).build();

	@AfterEach
	void close() {
		this.template.close();
		this.locks.close();
	}

	@Test
	void anEmptyDirectoryHasNothing() throws IOException {
		assertThat(count()).isEqualTo(
				new DirectoryCensus.Report(new DirectoryCensus.Report.Orphans(0, 0, null), 0, 0, 0, 0, List.of()));
	}

	@Test
	void anAbandonedOldStagingFileIsAnOrphan() throws IOException {
		Instant old = Instant.now().minus(Duration.ofHours(2)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
		stagingFile("a.json", old);
		stagingFile("b.json", old.plusSeconds(60));
		assertThat(count().orphans()).isEqualTo(new DirectoryCensus.Report.Orphans(2, 6, old));
	}

	@Test
	void aYoungStagingFileIsNoOrphan() throws IOException {
		stagingFile("a.json", Instant.now());
		assertThat(count().orphans().count()).isZero();
	}

	/** As after the clock was set back. */
	@Test
	void aStagingFileOfTheFutureIsCountedAndNoOrphan() throws IOException {
		stagingFile("a.json", Instant.now().plus(Duration.ofDays(1)));
		stagingFile("b.json", Instant.now().plus(Duration.ofSeconds(2)));
		DirectoryCensus.Report report = count();
		assertThat(report.future()).isOne();
		assertThat(report.live()).isOne();
		assertThat(report.orphans().count()).isZero();
	}

	@Test
	void aLiveWriteIsLiveWhateverItsTime() throws IOException {
		try (StagedWrite write = this.template.open(this.directory.resolve("a.json"))) {
			write.output().write(1);
			write.output().flush();
			for (Duration ahead : new Duration[] { Duration.ofDays(-1), Duration.ZERO, Duration.ofDays(1) }) {
				InstantSource clock = InstantSource.offset(InstantSource.system(), ahead);
				DirectoryCensus.Report report = new DirectoryCensus(FileOps.system(), this.locks, BackupPolicy.SUFFIX,
						clock, Duration.ofMinutes(1))
					.count(this.directory);
				assertThat(report.live()).isOne();
				assertThat(report.future() + report.orphans().count()).isZero();
			}
		}
	}

	@Test
	void aLiveWriteWithALeaseIsNoOrphan() throws IOException {
		try (StagedWrite write = this.template.open(this.directory.resolve("a.json"))) {
			write.output().write(1);
			write.output().flush();
			assertThat(later().orphans().count()).isZero();
			assertThat(later().leftoverLocks()).isZero();
		}
	}

	@Test
	void aLiveWriteWithoutALeaseIsNoOrphan() throws IOException {
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build();
		try (StagedWrite write = this.template.open(this.directory.resolve("a.json"), options)) {
			write.output().write(1);
			write.output().flush();
			assertThat(later().orphans().count()).isZero();
			write.commit();
		}
		assertThat(this.directory.resolve("a.json")).hasBinaryContent(new byte[] { 1 });
	}

	@Test
	void aLiveWriteOfALongNameIsNoOrphan() throws IOException {
		for (int length : new int[] { 230, 240, 255 }) {
			try (StagedWrite write = this.template.open(this.directory.resolve("x".repeat(length)))) {
				write.output().write(1);
				write.output().flush();
				assertThat(later().orphans().count()).isZero();
			}
		}
	}

	@Test
	void countingDoesNotReleaseALock() throws IOException {
		Path target = this.directory.resolve("a.json");
		try (LockLease lease = this.locks.acquire(target, LockRequest.failFast())) {
			assertThat(count().leftoverLocks()).isZero();
			lease.ensureHeld();
			try (LockRegistry other = LockRegistry.file()) {
				assertThat(other.tryAcquire(target)).isEmpty();
			}
		}
	}

	@Test
	void locksOfOtherProcessesAreNamedAndThoseOfThisOneAreNot() throws IOException {
		Path target = this.directory.resolve("a.json");
		try (ForkedJvm other = ForkedJvm.start(WriterPeer.class, target.toString());
				LockLease own = this.locks.acquire(this.directory.resolve("b.json"), LockRequest.failFast())) {
			own.ensureHeld();
			assertThat(other.ask("lease")).isEqualTo("done");
			assertThat(count().heldElsewhere()).singleElement().satisfies((info) -> {
				assertThat(info.target().getFileName()).hasToString("a.json");
				assertThat(info.pid()).isEqualTo(other.pid());
			});
			assertThat(other.ask("release")).isEqualTo("done");
			assertThat(count().heldElsewhere()).isEmpty();
		}
	}

	@Test
	void aLockFileWithoutHolderIsLeftOver() throws IOException {
		Files.createFile(this.directory.resolve("a.json.lock"));
		Files.createDirectory(this.directory.resolve("b.json.lock"));
		assertThat(count().leftoverLocks()).isOne();
		assertThat(this.directory.resolve("a.json.lock")).exists();
	}

	@Test
	void backupsAreCounted() throws IOException {
		Files.createFile(this.directory.resolve("a.json.backup"));
		Files.createFile(this.directory.resolve("a.json.20260101-000000.backup"));
		Files.createFile(this.directory.resolve("a.json.bak"));
		assertThat(count().backups()).isEqualTo(2);
		assertThat(new DirectoryCensus(FileOps.system(), this.locks, ".bak").count(this.directory).backups()).isOne();
	}

	@Test
	void directoriesBelowAreNotLookedInto() throws IOException {
		Path below = Files.createDirectory(this.directory.resolve("below"));
		Files.createFile(below.resolve("a.json.lock"));
		assertThat(count().leftoverLocks()).isZero();
	}

	private void stagingFile(String target, Instant modified) throws IOException {
		Path file = this.directory.resolve("." + target + TOKEN);
		Files.write(file, "abc".getBytes(StandardCharsets.UTF_8));
		Files.setLastModifiedTime(file, FileTime.from(modified));
	}

	private DirectoryCensus.Report count() throws IOException {
		return new DirectoryCensus(FileOps.system(), this.locks, BackupPolicy.SUFFIX).count(this.directory);
	}

	private DirectoryCensus.Report later() throws IOException {
		InstantSource tomorrow = InstantSource.fixed(Instant.now().plus(Duration.ofDays(1)));
		return new DirectoryCensus(FileOps.system(), this.locks, BackupPolicy.SUFFIX, tomorrow, Duration.ofMinutes(1))
			.count(this.directory);
	}

}

package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
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
		assertThat(count()).isEqualTo(new CensusReport(new CensusReport.Orphans(0, 0, null), 0, 0));
	}

	@Test
	void anAbandonedOldStagingFileIsAnOrphan() throws IOException {
		Instant old = Instant.now().minus(Duration.ofHours(2)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
		stagingFile("a.json", old);
		stagingFile("b.json", old.plusSeconds(60));
		assertThat(count().orphans()).isEqualTo(new CensusReport.Orphans(2, 6, old));
	}

	@Test
	void aYoungStagingFileIsNoOrphan() throws IOException {
		stagingFile("a.json", Instant.now());
		assertThat(count().orphans().count()).isZero();
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

	private CensusReport count() throws IOException {
		return new DirectoryCensus(FileOps.system(), this.locks, BackupPolicy.SUFFIX).count(this.directory);
	}

	private CensusReport later() throws IOException {
		InstantSource tomorrow = InstantSource.fixed(Instant.now().plus(Duration.ofDays(1)));
		return new DirectoryCensus(FileOps.system(), this.locks, BackupPolicy.SUFFIX, tomorrow, Duration.ofMinutes(1))
			.count(this.directory);
	}

}

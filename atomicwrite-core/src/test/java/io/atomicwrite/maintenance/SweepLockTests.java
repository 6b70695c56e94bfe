package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.MapLocks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sweeps and locks: those on a target, and the one of the sweep.
 */
class SweepLockTests {

	private static final Duration PAUSE = Duration.ofMillis(20);

	private static final SweepOptions EVERYTHING = SweepOptions.builder()
		.orphanAge(Duration.ZERO)
		.lockAge(Duration.ZERO)
		.backupAge(Duration.ZERO)
		.build();

	@TempDir
	private Path directory;

	private final LockRegistry locks = LockRegistry.file();

	private Leftovers leftovers;

	@BeforeEach
	void prepare() {
		this.leftovers = new Leftovers(this.directory);
	}

	@AfterEach
	void close() {
		this.locks.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "inProcess", "external" })
	void withLocksThatExcludeNoOtherProcessOnlyWhatNobodyHoldsGoes(String kind) throws IOException {
		this.leftovers.staging("a");
		this.leftovers.lock("a");
		this.leftovers.probe();
		this.leftovers.file("a.backup", "old", Leftovers.OLD);
		try (LockRegistry registry = registry(kind)) {
			SweepReport report = new Housekeeper(FileOps.system(), registry, InstantSource.system(), PAUSE)
				.sweep(this.directory, EVERYTHING);
			assertThat(report.removed()).containsOnlyKeys(ArtifactKind.PROBE, ArtifactKind.BACKUP);
		}
	}

	private static LockRegistry registry(String kind) {
		return switch (kind) {
			case "none" -> LockRegistry.none();
			case "inProcess" -> LockRegistry.inProcess();
			default -> LockRegistry.queueing(new MapLocks(), FileOps.system(), InstantSource.system(), List.of());
		};
	}

	@Test
	void aHeldLockFileStays() throws IOException {
		Path target = this.directory.resolve("a");
		try (LockLease lease = this.locks.acquire(target, LockRequest.failFast())) {
			assertThat(sweep(EVERYTHING).total().count()).isZero();
			lease.ensureHeld();
		}
	}

	@Test
	void aLockFileBesideALinkIsNotTakenForTheOneOfItsTarget() throws IOException {
		Path elsewhere = Files.createDirectory(this.directory.resolve("elsewhere"));
		Path other = new Leftovers(elsewhere).lock("t");
		Files.createSymbolicLink(this.directory.resolve("t"), Path.of("elsewhere/t"));
		this.leftovers.lock("t");
		assertThat(sweep(SweepOptions.defaults()).total().count()).isZero();
		assertThat(other).exists();
	}

	@Test
	void aSweepThatWasKilledLeavesNothingForGood() throws IOException {
		this.leftovers.lock(DirectoryTurn.LEASE);
		sweep(SweepOptions.defaults());
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void anotherThreadOrProcessThatSweepsIsNotDisturbed() throws Exception {
		this.leftovers.staging("a");
		Path lease = this.directory.resolve(DirectoryTurn.LEASE);
		try (ForkedJvm other = ForkedJvm.start(WriterPeer.class, lease.toString())) {
			assertThat(other.ask("lease")).isEqualTo("done");
			assertThat(sweep(EVERYTHING).skipped()).isTrue();
			assertThat(sweep(EVERYTHING.toBuilder().dryRun(true).build()).skipped()).isTrue();
			assertThat(DirectoryContent.of(this.directory)).hasSize(2);
			other.ask("end");
		}
		Thread thread = new Thread(() -> this.locks.acquire(lease, LockRequest.failFast()));
		thread.start();
		thread.join();
		assertThat(sweep(EVERYTHING).skipped()).isTrue();
	}

	private SweepReport sweep(SweepOptions options) {
		return new Housekeeper(FileOps.system(), this.locks, InstantSource.system(), PAUSE).sweep(this.directory,
				options);
	}

}

package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.SweepReport.Removed;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A sweep: what it removes, keeps and reports.
 */
class HousekeeperTests {

	private static final Duration PAUSE = Duration.ofMillis(20);

	private static final SweepOptions EVERYTHING = SweepOptions.builder()
		.recursive(true)
		.orphanAge(Duration.ZERO)
		.lockAge(Duration.ZERO)
		.backupAge(Duration.ZERO)
		.keepBackups(0)
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

	@Test
	void leftoversGoAndAreReported() throws IOException {
		this.leftovers.staging("a");
		this.leftovers.staging("b");
		this.leftovers.lock("a");
		this.leftovers.probe();
		SweepReport report = sweep(SweepOptions.defaults());
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
		assertThat(report.directory()).isEqualTo(this.directory.toRealPath());
		assertThat(report.removed(ArtifactKind.STAGING)).isEqualTo(new Removed(2, 6));
		assertThat(report.removed(ArtifactKind.LOCK)).isEqualTo(new Removed(1, 2));
		assertThat(report.removed(ArtifactKind.PROBE)).isEqualTo(new Removed(1, 5));
		assertThat(report.total()).isEqualTo(new Removed(4, 13));
		assertThat(report.examined()).isGreaterThanOrEqualTo(4);
		assertThat(report.complete()).isTrue();
		assertThat(report.skipped()).isFalse();
		assertThat(report.failures()).isEmpty();
		assertThat(report.elapsed()).isPositive();
	}

	@Test
	void whatIsYoungStays() throws IOException {
		this.leftovers.file(".a.0123456789abcdef.tmp", "new", Duration.ofSeconds(30));
		this.leftovers.file("a.lock", "\0", Duration.ofMinutes(30));
		this.leftovers.file(".atomicwrite-probe-0123456789abcdef.sync", "", Duration.ofMinutes(8));
		this.leftovers.file(".b.0123456789abcdef.tmp", "from a clock that is ahead by a little",
				Duration.ofSeconds(-30));
		for (boolean dryRun : new boolean[] { true, false }) {
			SweepReport report = sweep(SweepOptions.defaults().toBuilder().dryRun(dryRun).build());
			assertThat(report.total().count()).isZero();
			assertThat(report.young()).isEqualTo(Map.of(ArtifactKind.STAGING, 2L, ArtifactKind.LOCK, 1L));
			assertThat(report.youngCount()).isEqualTo(3);
		}
		assertThat(DirectoryContent.of(this.directory)).hasSize(4);
		sweep(EVERYTHING);
		assertThat(DirectoryContent.of(this.directory)).containsExactly(".atomicwrite-probe-0123456789abcdef.sync");
	}

	@Test
	void aClockThatRunsAheadOfTheFilesystemMakesNothingOld() throws IOException {
		Files.writeString(this.directory.resolve(".a.0123456789abcdef.tmp"), "new");
		InstantSource tomorrow = InstantSource.fixed(Instant.now().plus(Duration.ofDays(1)));
		new Housekeeper(FileOps.system(), this.locks, tomorrow, PAUSE).sweep(this.directory, SweepOptions.defaults());
		assertThat(this.directory.resolve(".a.0123456789abcdef.tmp")).exists();
	}

	@Test
	void whatIsNotRecognisedStays() throws Exception {
		String[] names = { ".config.json.tmp", ".a.0123456789abcdeF.tmp", ".a.0123456789abcde.tmp",
				"a.0123456789abcdef.tmp", "..0123456789abcdef.tmp", ".a.0123456789abcdef.tmp.old",
				".a.0123456789abcdef.TMP", ".lock", "lock", "a.LOCK", "a.lock.bak", ".backup", "a.backup.old", "a.bak",
				"a.20260231-000000.backup", "a.20260102-030405-1.backup", "a.sha256", "a.sha512", "missing.sha256",
				".atomicwrite-probe-", ".atomicwrite-probe-0123", ".atomicwrite-probe-0123456789abcdefg", "a", "a\nb",
				"~", "a~", " ", "\u00e4.txt", "-rf" };
		for (String name : names) {
			this.leftovers.file(name, "mine", Leftovers.OLD);
		}
		this.leftovers.file("Gemfile.lock", "GEM\n", Leftovers.OLD);
		this.leftovers.file("large.lock", "\0".repeat(5000), Leftovers.OLD);
		for (String name : List.of(".%s.0123456789abcdef.tmp", "%s.lock", "%s.backup", "%s.20260101-000000.backup",
				".atomicwrite-probe-0123456789abcdef.%s")) {
			Files.createDirectory(this.directory.resolve(name.formatted("directory")));
			Files.createSymbolicLink(this.directory.resolve(name.formatted("link")), Path.of("a"));
			Shell.run("mkfifo", this.directory.resolve(name.formatted("fifo")).toString());
		}
		List<String> before = DirectoryContent.of(this.directory);
		SweepReport report = sweep(EVERYTHING);
		assertThat(DirectoryContent.of(this.directory)).isEqualTo(before);
		assertThat(report.total().count()).isZero();
		assertThat(report.failures()).isEmpty();
		assertThat(this.directory.resolve("Gemfile.lock")).hasContent("GEM\n");
	}

	@Test
	void namesWithLineBreaksAndNamesOfTheLargestLengthGo() throws IOException {
		this.leftovers.staging("a\nb");
		this.leftovers.staging("x".repeat(255));
		this.leftovers.lock("c\nd");
		this.leftovers.lock("y".repeat(250));
		assertThat(sweep(SweepOptions.defaults()).total().count()).isEqualTo(4);
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void namesThatCannotBeRepresentedStay() throws Exception {
		String[] command = { "python3", "-c",
				"import os,sys; [open(os.fsencode(sys.argv[1]) + n, 'w').close() for n in "
						+ "(b'/.\\xff.0123456789abcdef.tmp', b'/\\xff.lock', b'/\\xff', b'/\\xff.backup')]",
				this.directory.toString() };
		Shell.run(command);
		SweepReport report = sweep(EVERYTHING);
		assertThat(report.total().count()).isZero();
		assertThat(report.failures()).isEmpty();
		try (java.util.stream.Stream<Path> list = Files.list(this.directory)) {
			assertThat(list).hasSize(4);
		}
	}

	@Test
	void aDryRunChangesNothingAndReportsWhatItWouldRemove() throws IOException {
		this.leftovers.staging("a");
		this.leftovers.lock("b");
		this.leftovers.file("Gemfile.lock", "GEM\n", Leftovers.OLD);
		this.leftovers.probe();
		for (String name : List.of("c.backup", "c.backup.sha256", "c.20260101-000000.backup")) {
			this.leftovers.file(name, "old", Leftovers.OLD);
		}
		List<String> before = DirectoryContent.of(this.directory);
		Object touched = Files.getAttribute(this.directory, "unix:ctime");
		RecordingFileOps recording = new RecordingFileOps(FileOps.system());
		try (LockRegistry registry = LockRegistry.fileBuilder().files(recording).build()) {
			SweepReport dry = new Housekeeper(recording, registry, InstantSource.system(), PAUSE).sweep(this.directory,
					EVERYTHING.toBuilder().dryRun(true).build());
			assertThat(DirectoryContent.of(this.directory)).isEqualTo(before);
			assertThat(Files.getAttribute(this.directory, "unix:ctime")).isEqualTo(touched);
			// a lock is tried, which changes no file
			assertThat(recording.changes()).containsOnly(Op.OPEN_LOCK, Op.LOCK, Op.UNLOCK);
			assertThat(dry.dryRun()).isTrue();
			SweepReport real = sweep(EVERYTHING);
			assertThat(real.removed()).isEqualTo(dry.removed()).hasSize(5);
		}
		assertThat(DirectoryContent.of(this.directory)).containsExactly("Gemfile.lock");
	}

	@Test
	void deletionsAreMadeDurableOnce() throws IOException {
		this.leftovers.staging("a");
		this.leftovers.staging("b");
		RecordingFileOps recording = new RecordingFileOps(FileOps.system());
		new Housekeeper(recording, this.locks, InstantSource.system(), PAUSE).sweep(this.directory,
				SweepOptions.defaults());
		assertThat(recording.changes()).containsSubsequence(Op.DELETE, Op.DELETE, Op.SYNC_DIRECTORY)
			.containsOnlyOnce(Op.SYNC_DIRECTORY);
	}

	@Test
	void filesThatVanishAreNoFailure() throws IOException {
		for (Op op : List.of(Op.STAT, Op.DELETE, Op.OPEN_LOCK, Op.KIND)) {
			for (String target : List.of("a", "b", "c")) {
				this.leftovers.staging(target);
				this.leftovers.lock(target);
				this.leftovers.file(target + ".backup", "old", Leftovers.OLD);
			}
			FileOps vanishing = before((call) -> {
				if (call.op() == op && call.path().startsWith(this.directory.toRealPath())
						&& Files.isRegularFile(call.path())) {
					Files.delete(call.path());
				}
			});
			SweepReport report = new Housekeeper(vanishing, this.locks, InstantSource.system(), PAUSE)
				.sweep(this.directory, EVERYTHING);
			assertThat(report.failures()).as(op::toString).isEmpty();
			assertThat(report.complete()).isTrue();
			sweep(EVERYTHING);
		}
	}

	@Test
	void theDirectoryItselfMayVanish() throws IOException {
		Path below = Files.createDirectory(this.directory.resolve("below"));
		new Leftovers(below).staging("a");
		FileOps vanishing = before((call) -> {
			if (call.op() == Op.LIST && call.path().endsWith("below")) {
				Shell.run("rm", "-r", below.toString());
			}
		});
		SweepReport report = new Housekeeper(vanishing, this.locks, InstantSource.system(), PAUSE).sweep(this.directory,
				EVERYTHING);
		assertThat(report.failures()).isEmpty();
		assertThat(sweepOf(this.directory.resolve("none"), EVERYTHING).failureCount()).isOne();
		assertThat(sweepOf(Files.createFile(this.directory.resolve("file")), EVERYTHING).failureCount()).isOne();
	}

	@Test
	void aFileThatCannotBeDeletedEndsNothing() throws IOException {
		this.leftovers.staging("a");
		this.leftovers.staging("b");
		FaultyFileOps faulty = new FaultyFileOps(FileOps.system());
		faulty.fail((call) -> call.op() == Op.DELETE, 1, new FileSystemException("f", null, "Input/output error"));
		List<String> reported = new ArrayList<>();
		SweepReport report = new Housekeeper(faulty, this.locks, InstantSource.system(), PAUSE).sweep(this.directory,
				SweepOptions.defaults(), new SweepListener() {

					@Override
					public void failed(Path path, String reason) {
						reported.add(reason);
					}

				});
		assertThat(report.failures()).hasSize(1);
		assertThat(report.failures().get(0).reason()).isEqualTo("Input/output error");
		assertThat(report.removed(ArtifactKind.STAGING).count()).isOne();
		assertThat(reported).containsExactly("Input/output error");
	}

	@Test
	void failuresAreBoundedButCounted() throws IOException {
		for (int i = 0; i < SweepTally.MAX_FAILURES + 20; i++) {
			this.leftovers.file("a" + i + ".20260101-000000.backup", "", Duration.ZERO);
		}
		FaultyFileOps faulty = new FaultyFileOps(FileOps.system()).persistently();
		faulty.fail((call) -> call.op() == Op.DELETE, 1, "Read-only file system");
		SweepReport report = new Housekeeper(faulty, this.locks, InstantSource.system(), PAUSE).sweep(this.directory,
				SweepOptions.builder().keepBackups(0).build());
		assertThat(report.failures()).hasSize(SweepTally.MAX_FAILURES);
		assertThat(report.failureCount()).isEqualTo(SweepTally.MAX_FAILURES + 20);
	}

	@Test
	void theListenerIsNotifiedAndItsExceptionsAreIgnored() throws IOException {
		Path orphan = this.leftovers.staging("a");
		this.leftovers.lock("a");
		List<String> reported = new ArrayList<>();
		SweepReport report = housekeeper().sweep(this.directory, SweepOptions.defaults(), new SweepListener() {

			@Override
			public void removed(Path file, ArtifactKind kind, long size) {
				reported.add(kind + " " + file.getFileName() + " " + size);
				throw new AssertionError("from the listener");
			}

			@Override
			public void progress(long examined) {
				reported.add("progress");
				throw new IllegalStateException("from the listener");
			}

		});
		assertThat(report.total().count()).isEqualTo(2);
		assertThat(reported).containsExactlyInAnyOrder("STAGING " + orphan.getFileName() + " 3", "LOCK a.lock 2",
				"progress");
	}

	@Test
	void anInterruptEndsTheSweepAndIsKept() throws IOException {
		this.leftovers.staging("a");
		SweepReport report = housekeeper().sweep(this.directory,
				SweepOptions.builder().backupAge(Duration.ZERO).build(), new SweepListener() {
				});
		assertThat(report.complete()).isTrue();
		Path orphan = this.leftovers.staging("a");
		FileOps interrupting = before((call) -> {
			if (call.op() == Op.LIST) {
				Thread.currentThread().interrupt();
			}
		});
		report = new Housekeeper(interrupting, this.locks, InstantSource.system(), PAUSE).sweep(this.directory,
				EVERYTHING);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(report.complete()).isFalse();
		assertThat(orphan).exists();
	}

	@Test
	void negativeLimitsAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SweepOptions.builder().orphanAge(Duration.ofMillis(-1)).build());
		assertThatIllegalArgumentException().isThrownBy(() -> SweepOptions.builder().keepBackups(-1).build());
		assertThat(EVERYTHING.toBuilder().build()).isEqualTo(EVERYTHING);
	}

	private SweepReport sweep(SweepOptions options) {
		return sweepOf(this.directory, options);
	}

	private SweepReport sweepOf(Path path, SweepOptions options) {
		return housekeeper().sweep(path, options);
	}

	private Housekeeper housekeeper() {
		return new Housekeeper(FileOps.system(), this.locks, InstantSource.system(), PAUSE);
	}

	private static FileOps before(Event event) {
		return new InterceptingFileOps(FileOps.system()) {

			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				event.happen(call);
				return action.run();
			}

		};
	}

	private interface Event {

		void happen(FileCall call) throws IOException;

	}

}

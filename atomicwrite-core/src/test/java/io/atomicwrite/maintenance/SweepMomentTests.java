package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.HookedFileOps;
import io.atomicwrite.test.UnsyncedFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What writers do between two looks of a sweep or a recovery.
 */
class SweepMomentTests {

	private static final FileOps FILES = new UnsyncedFileOps();

	@TempDir
	private Path temporary;

	private Path directory;

	private final LockRegistry locks = LockRegistry.file();

	/**
	 * Of the writers: another registry of this process, or as good as another process.
	 */
	private final LockRegistry writers = LockRegistry.file();

	private final List<AutoCloseable> open = new ArrayList<>();

	@BeforeEach
	void paths() throws IOException {
		this.directory = this.temporary.toRealPath();
	}

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable one : this.open) {
			one.close();
		}
		this.writers.close();
		this.locks.close();
	}

	/** However many there are, and however long the listing takes. */
	@ParameterizedTest
	@EnumSource(Way.class)
	void eachSuspectHasTheWholePauseToItself(Way way) throws IOException {
		for (String target : new String[] { "a", "b", "c", "d" }) {
			new Leftovers(this.directory).staging(target);
		}
		VirtualPause pause = new VirtualPause(() -> {
		});
		Map<Path, Long> first = new HashMap<>();
		Map<Path, Long> second = new HashMap<>();
		FileOps slow = new InterceptingFileOps(FILES) {

			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				if (call.op() == Op.STAT && call.path().toString().endsWith(".tmp")) {
					if (first.putIfAbsent(call.path(), pause.now()) != null) {
						second.putIfAbsent(call.path(), pause.now());
					}
					else {
						pause.pass(Duration.ofMillis(1900));
					}
				}
				return action.run();
			}

		};
		way.run(slow, this.locks, pause, this.directory);
		// the look is over when 1.9 seconds have passed, and the pause comes after it
		assertThat(second).hasSize(4)
			.allSatisfy((file, at) -> assertThat(Duration.ofNanos(at - first.get(file)))
				.isGreaterThanOrEqualTo(Duration.ofMillis(1900).plus(Housekeeper.PAUSE)));
		assertThat(DirectoryContent.of(this.directory)).noneMatch((name) -> name.endsWith(".tmp"));
	}

	static Stream<Arguments> waysAndSigns() {
		return Arrays.stream(Way.values())
			.flatMap((way) -> Arrays.stream(Sign.values()).map((sign) -> Arguments.of(way, sign)));
	}

	/** One sign of life is enough, whatever else is as it was. */
	@ParameterizedTest
	@MethodSource("waysAndSigns")
	void suspectThatShowsASignOfLifeInThePauseStays(Way way, Sign sign) throws IOException {
		Path staging = new Leftovers(this.directory).staging("a");
		FileTime written = Files.getLastModifiedTime(staging);
		VirtualPause pause = new VirtualPause(() -> sign.show(this, staging, written));
		way.run(FILES, this.locks, pause, this.directory);
		assertThat(pause.parked()).isOne();
		sign.check(staging);
		assertThat(this.directory.resolve("a")).doesNotExist();
		assertThat(DirectoryContent.of(this.directory)).noneMatch((name) -> name.endsWith(".aside"));
	}

	static Stream<Arguments> limits() {
		return Stream.of(Arguments.of(SweepOptions.builder().backupAge(Duration.ZERO).build(), 1),
				Arguments.of(SweepOptions.builder().keepBackups(0).build(), 2),
				Arguments.of(SweepOptions.builder().keepBackups(0).backupAge(Duration.ZERO).build(), 2), Arguments
					.of(SweepOptions.builder().keepBackups(0).newestStay(true).backupAge(Duration.ZERO).build(), 2));
	}

	/**
	 * A backup of the same name, by a write that ended before the sweep took the lock.
	 */
	@ParameterizedTest
	@MethodSource("limits")
	void backupThatIsMadeAnewAfterTheLookStays(SweepOptions options, int looks) throws IOException {
		Path target = this.directory.resolve("a.json");
		write(target, "1");
		write(target, "2");
		Path backup = this.directory.resolve("a.json.backup");
		assertThat(backup).hasContent("1");
		HookedFileOps files = new HookedFileOps(FILES);
		files.after((call) -> call.op() == Op.STAT && call.path().equals(backup), looks, () -> write(target, "3"));
		// later than the backup by any clock
		InstantSource clock = () -> Instant.now().plusSeconds(1);
		SweepReport report = new Housekeeper(files, this.locks, clock, new VirtualPause(() -> {
		})).sweep(this.directory, options);
		assertThat(files.ran()).isTrue();
		assertThat(report.total().count()).isZero();
		assertThat(backup).hasContent("2");
		assertThat(this.directory.resolve("a.json.backup.sha256")).exists();
		assertThat(target).hasContent("3");
	}

	private void write(Path target, String content) {
		try (AtomicFileTemplate template = AtomicFileTemplate.builder()
			.files(FILES)
			.locks(this.writers)
			.defaults(WriteOptions.engineDefaults()
				.toBuilder()
				.backup(BackupPolicy.single())
				.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
				.build())
			.build()) {
			template.writeString(target, content);
		}
	}

	/** Between the look at its age and the release. */
	@Test
	void lockFileThatIsLockedAfterTheLookStays() throws IOException {
		Path lock = new Leftovers(this.directory).lock("a");
		HookedFileOps files = new HookedFileOps(FILES);
		LockLease[] lease = new LockLease[1];
		files.after((call) -> call.op() == Op.STAT && call.path().equals(lock), 1,
				() -> lease[0] = this.writers.acquire(this.directory.resolve("a"), LockRequest.failFast()));
		SweepReport report = new Housekeeper(files, this.locks, InstantSource.system()).sweep(this.directory,
				SweepOptions.defaults());
		assertThat(report.removed(ArtifactKind.LOCK).count()).isZero();
		assertThat(lock).exists();
		lease[0].ensureHeld();
		lease[0].close();
	}

	/** What comes into being after the look is a target like any other. */
	@Test
	void targetThatComesIntoBeingAfterTheLookIsNotReplacedByARecovery() throws IOException {
		Path staging = new Leftovers(this.directory).staging("a");
		Path target = this.directory.resolve("a");
		Files.writeString(this.directory.resolve("a.sha256"),
				Checksum.of(ChecksumAlgorithm.SHA_256, Files.readAllBytes(staging)).hex() + "  a\n");
		HookedFileOps files = new HookedFileOps(FILES);
		files.before((call) -> target.equals(call.other()), 1, () -> Files.writeString(target, "another's"));
		new Recovery(files, this.locks, InstantSource.system(), new VirtualPause(() -> {
		})).recover(this.directory,
				RecoveryOptions.defaults().with((changes) -> changes.decision(Decision.FINISH).sidecars(false)));
		assertThat(files.ran()).isTrue();
		assertThat(target).hasContent("another's");
		assertThat(staging).exists();
	}

	/**
	 * Who judges staging files.
	 */
	enum Way {

		SWEEP, DISCARD, FINISH, SET_ASIDE;

		void run(FileOps files, LockRegistry locks, Pause pause, Path directory) {
			if (this == SWEEP) {
				new Housekeeper(files, locks, InstantSource.system(), pause).sweep(directory, SweepOptions.defaults());
			}
			else {
				new Recovery(files, locks, InstantSource.system(), pause).recover(directory,
						RecoveryOptions.defaults().with((changes) -> changes.decision(Decision.valueOf(name()))));
			}
		}

	}

	/**
	 * A sign of life.
	 */
	enum Sign {

		/** More content, with the time that it had. */
		LONGER,

		/** As much content, with another time. */
		TOUCHED,

		/** Another file of the same name, size and time. */
		ANOTHER,

		/** Its lock. */
		MARKED,

		/** The lease of its target. */
		LEASED,

		/** It has become the target of its writer. */
		GONE;

		void show(SweepMomentTests test, Path staging, FileTime written) throws IOException {
			switch (this) {
				case LONGER -> {
					Files.writeString(staging, "newer");
					Files.setLastModifiedTime(staging, written);
				}
				case TOUCHED ->
					Files.setLastModifiedTime(staging, FileTime.from(written.toInstant().plus(Duration.ofHours(1))));
				case ANOTHER -> {
					Path other = Files.writeString(staging.resolveSibling("other"), "new");
					Files.setLastModifiedTime(other, written);
					Files.move(other, staging, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
				}
				case MARKED -> {
					LockFile mark = FILES.openLockFile(staging, 0, false);
					test.open.add(mark);
					assertThat(mark.tryLock()).isTrue();
				}
				case LEASED -> test.writers.acquire(staging.resolveSibling("a"), LockRequest.failFast());
				case GONE -> Files.delete(staging);
			}
		}

		void check(Path staging) {
			if (this == GONE) {
				assertThat(staging).doesNotExist();
			}
			else {
				assertThat(staging).hasContent((this == LONGER) ? "newer" : "new");
				assertThat(ArtifactNames.parse(staging.getFileName().toString())).isNotNull();
			}
		}

	}

}

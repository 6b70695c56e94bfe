package io.atomicwrite.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.Batch;
import io.atomicwrite.core.BatchFailedException;
import io.atomicwrite.core.SymlinkPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.SweepOptions;
import io.atomicwrite.maintenance.SweepReport;
import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.HookedFileOps;
import io.atomicwrite.test.MemoryLockStore;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.UnsyncedFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A writer that was suspended for longer than its lease never commits over a newcomer:
 * two hosts that share a directory and a lock store.
 */
@Enumerates
class FencedWriteTests {

	private static final String NEWCOMER = "19";

	private final MemoryLockStore store = new MemoryLockStore().alwaysContended();

	private final HookedFileOps files = new HookedFileOps(new UnsyncedFileOps());

	@TempDir
	private Path temporary;

	private Path directory;

	private Path target;

	private LockRegistry staleLocks;

	private LockRegistry newLocks;

	@BeforeEach
	void open() throws IOException {
		this.directory = this.temporary.toRealPath();
		this.target = this.directory.resolve(Change.TARGET);
		this.staleLocks = locks(this.files);
		this.newLocks = locks(new UnsyncedFileOps());
	}

	private LockRegistry locks(FileOps operations) {
		return LockRegistry.clusterBuilder(this.store)
			.hostLock(false)
			.directory("data", this.directory)
			.files(operations)
			.build();
	}

	@AfterEach
	void close() {
		this.store.thaw();
		this.staleLocks.close();
		this.newLocks.close();
	}

	private AtomicFileTemplate template(FileOps operations, LockRegistry locks, WriteOptions options) {
		return AtomicFileTemplate.builder().files(operations).locks(locks).defaults(options).build();
	}

	private AtomicFileTemplate stale() {
		return template(this.files, this.staleLocks, WriteOptions.engineDefaults());
	}

	private void newcomerWrites() {
		this.store.expire();
		try (AtomicFileTemplate template = template(new UnsyncedFileOps(), this.newLocks,
				WriteOptions.engineDefaults())) {
			template.writeString(this.target, NEWCOMER);
		}
	}

	private boolean isCommit(FileCall call) {
		return (call.op() == Op.RENAME || call.op() == Op.LINK) && this.target.equals(call.other());
	}

	private List<String> artifacts() throws IOException {
		return files((name) -> name.endsWith(".tmp")).stream().map((path) -> path.getFileName().toString()).toList();
	}

	private List<Path> files(Predicate<String> chosen) throws IOException {
		try (var paths = Files.walk(this.directory)) {
			return paths.filter((path) -> chosen.test(path.getFileName().toString())).toList();
		}
	}

	@ParameterizedTest
	@EnumSource(Change.class)
	void suspendedAfterTheLastCheckItCanNotCommit(Change change) throws Exception {
		if (!change.writes()) {
			return;
		}
		change.prepare(this.directory);
		if (!change.needsFreeName()) {
			Files.writeString(this.target, Change.OLD);
		}
		this.files.before(this::isCommit, 1, this::newcomerWrites);
		try (AtomicFileTemplate stale = stale()) {
			assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> change.run(stale, this.target, this.directory))
				.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED))
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(LockLostException.Reason.REVOKED));
		}
		assertThat(this.files.ran()).isTrue();
		assertThat(this.target).hasContent(NEWCOMER);
		assertThat(artifacts()).isEmpty();
	}

	/**
	 * Two counters, one of them suspended before each of its calls, while the other
	 * counts on with a sidecar and a backup.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "none", "beside", "elsewhere", "generations elsewhere" })
	void atNoMomentAnAcknowledgedUpdateIsLost(String companions) throws Exception {
		WriteOptions options = optionsWith(companions);
		int fenced = 0;
		int moment = 1;
		boolean ran = true;
		for (; ran; moment++) {
			prepareCounter(options);
			this.files.before((call) -> true, moment, () -> {
				this.store.expire();
				// a sidecar names two contents
				for (int write = 0; write < 3; write++) {
					add(new UnsyncedFileOps(), this.newLocks, options, 10);
				}
			});
			boolean acknowledged = true;
			try {
				add(this.files, this.staleLocks, options, 1);
			}
			catch (AtomicWriteException ex) {
				acknowledged = false;
				assertThat(ex).as("moment %s", moment).isNotInstanceOf(WriteFailedException.class);
				assertThat(ex.outcome()).as("moment %s: %s", moment, ex).isEqualTo(WriteOutcome.NOT_COMMITTED);
				fenced++;
			}
			ran = this.files.ran();
			int expected = (acknowledged ? 1 : 0) + (ran ? 30 : 0) + 7;
			assertThat(this.target).as("moment %s", moment).hasContent(String.valueOf(expected));
			assertThat(artifacts()).as("moment %s", moment).isEmpty();
			assertVerifies(moment);
		}
		assertThat(fenced).isPositive();
		assertThat(moment).isGreaterThan(20);
	}

	/**
	 * All that a writer may still do after its last check is one rename. Whenever it
	 * comes in the update of the newcomer, either that reads its result, or it fails.
	 */
	@Test
	void renameOfAStaleWriterIsReadOrFails() throws Exception {
		int read = 0;
		int moment = 1;
		for (boolean ran = true; ran; moment++) {
			Files.writeString(this.target, "7");
			Path staging = Files.writeString(this.directory.resolve("." + Change.TARGET + ".0123456789abcdef.tmp"),
					"8");
			boolean[] committed = { false };
			this.files.before((call) -> true, moment, () -> committed[0] = isRenamed(staging));
			add(this.files, this.staleLocks, WriteOptions.engineDefaults(), 10);
			ran = this.files.ran();
			assertThat(this.target).as("moment %s", moment).hasContent(committed[0] ? "18" : "17");
			assertThat(artifacts()).as("moment %s", moment).isEmpty();
			read += committed[0] ? 1 : 0;
		}
		assertThat(read).isBetween(1, moment - 3);
	}

	private boolean isRenamed(Path staging) throws IOException {
		try {
			Files.move(staging, this.target, StandardCopyOption.ATOMIC_MOVE);
			return true;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	/**
	 * A client may open the file that another host has just replaced.
	 */
	@ParameterizedTest
	@EnumSource(value = Change.class, names = { "APPEND", "UPDATE" })
	void fileThatANetworkFilesystemHasReplacedIsReadAgain(Change change) throws Exception {
		Files.writeString(this.target, "7");
		HookedFileOps hooked = new HookedFileOps(new PretendedMount(new UnsyncedFileOps(), "fuse.glusterfs"));
		hooked.before((call) -> call.op() == Op.OPEN_READ && call.path().equals(this.target), 1, () -> {
			throw new FileSystemException(this.target.toString(), null, "Stale file handle");
		});
		try (AtomicFileTemplate template = template(hooked, this.newLocks, WriteOptions.engineDefaults())) {
			change.run(template, this.target, this.directory);
		}
		assertThat(hooked.ran()).isTrue();
		assertThat(this.target).hasContent(change.result("7"));
	}

	/**
	 * A client that remembers that there was no such file does not make an update start
	 * from nothing.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "nfs4", "fuse.glusterfs" })
	void fileThatANetworkFilesystemDoesNotFindIsNotMissing(String type) throws Exception {
		Files.writeString(this.target, "7");
		Forgetful forgetful = new Forgetful(new PretendedMount(new UnsyncedFileOps(), type), this.target);
		forgetful.forget(2);
		add(forgetful, this.newLocks, WriteOptions.engineDefaults(), 10);
		assertThat(this.target).hasContent("17");
		forgetful.forget(Integer.MAX_VALUE);
		assertThatExceptionOfType(AtomicWriteException.class)
			.isThrownBy(() -> add(forgetful, this.newLocks, WriteOptions.engineDefaults(), 10))
			.withMessageContaining("the directory lists the file, but it is not found")
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		assertThat(this.target).hasContent("17");
		Files.delete(this.target);
		add(forgetful, this.newLocks, WriteOptions.engineDefaults(), 10);
		assertThat(this.target).hasContent("10");
	}

	private WriteOptions optionsWith(String companions) throws IOException {
		if (companions.equals("none")) {
			return WriteOptions.engineDefaults();
		}
		BackupPolicy backups = companions.startsWith("generations")
				? BackupPolicy.generations().toBuilder().keep(2).build() : BackupPolicy.single();
		return WriteOptions.engineDefaults()
			.toBuilder()
			.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
			.backup(companions.endsWith("elsewhere")
					? backups.toBuilder().directory(Files.createDirectory(this.directory.resolve("backups"))).build()
					: backups)
			.build();
	}

	private void prepareCounter(WriteOptions options) throws IOException {
		this.files.before((call) -> false, 1, () -> {
		});
		try (AtomicFileTemplate template = template(new UnsyncedFileOps(), this.newLocks, options)) {
			template.writeString(this.target, "6");
			template.writeString(this.target, "7");
		}
	}

	private void add(FileOps operations, LockRegistry locks, WriteOptions options, int more) {
		try (AtomicFileTemplate template = template(operations, locks, options)) {
			template.update(this.target, Integer.class, (value) -> ((value != null) ? value : 0) + more);
		}
	}

	/** Neither the file nor its backup contradicts its sidecar. */
	private void assertVerifies(int moment) throws IOException {
		try (AtomicFileTemplate template = template(new UnsyncedFileOps(), this.newLocks,
				WriteOptions.engineDefaults())) {
			for (Path sidecar : files((name) -> name.endsWith(".sha256"))) {
				String name = sidecar.getFileName().toString();
				Path file = sidecar.resolveSibling(name.substring(0, name.length() - ".sha256".length()));
				if (Files.exists(file)) {
					assertThat(template.verify(file)).as("moment %s: %s", moment, file).isNotNull();
				}
			}
		}
	}

	/**
	 * The lock is that of the file behind the link, the staging file is beside the link.
	 */
	@Test
	void suspendedAfterTheLastCheckItCanNotReplaceALink() throws Exception {
		Path linked = Files.writeString(this.directory.resolve("linked"), Change.OLD);
		Files.createSymbolicLink(this.target, linked);
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().symlinks(SymlinkPolicy.REPLACE).build();
		this.files.before(this::isCommit, 1, () -> {
			this.store.expire();
			try (AtomicFileTemplate template = template(new UnsyncedFileOps(), this.newLocks, options)) {
				template.writeString(this.target, NEWCOMER);
			}
		});
		try (AtomicFileTemplate stale = template(this.files, this.staleLocks, options)) {
			assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> stale.writeString(this.target, "1"))
				.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		}
		assertThat(this.target).isRegularFile().hasContent(NEWCOMER);
		assertThat(linked).hasContent(Change.OLD);
	}

	/** Another file than its own may be what a stale writer misses first. */
	@Test
	void targetThatANewcomerHasDeletedIsALostLock() throws Exception {
		Files.writeString(this.target, Change.OLD);
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().backup(BackupPolicy.single()).build();
		this.files.before((call) -> call.op() == Op.LINK, 1, () -> {
			this.store.expire();
			Files.delete(this.target);
		});
		try (AtomicFileTemplate stale = template(this.files, this.staleLocks, options)) {
			assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> stale.writeString(this.target, "1"))
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(LockLostException.Reason.TAKEN))
				.satisfies((ex) -> assertThat(ex.phase()).isEqualTo(WritePhase.COMPANIONS));
		}
		assertThat(this.files.ran()).isTrue();
		assertThat(this.target).doesNotExist();
	}

	@Test
	void batchThatWasSuspendedCommitsNothingOverANewcomer() throws Exception {
		Files.writeString(this.target, Change.OLD);
		Path other = this.directory.resolve("other");
		this.files.before((call) -> call.op() == Op.RENAME, 1, this::newcomerWrites);
		byte[] content = "1".getBytes(StandardCharsets.US_ASCII);
		try (AtomicFileTemplate stale = stale()) {
			Batch batch = Batch.builder().add(this.target, content).add(other, content).build();
			assertThatExceptionOfType(BatchFailedException.class).isThrownBy(() -> stale.writeAll(batch))
				.withCauseInstanceOf(LockLostException.class)
				.satisfies((ex) -> assertThat(ex.result().failures()).singleElement()
					.satisfies((failed) -> assertThat(failed.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED)));
		}
		assertThat(this.target).hasContent(NEWCOMER);
		assertThat(other).hasBinaryContent(content);
	}

	@Test
	void reentrantLeaseRevokesNothing() throws Exception {
		try (LockLease outer = this.staleLocks.acquire(this.target, LockRequest.failFast());
				AtomicFileTemplate stale = stale()) {
			Path staging = Files.createFile(this.directory.resolve("." + Change.TARGET + ".0123456789abcdef.tmp"));
			stale.writeString(this.target, "1");
			assertThat(staging).exists();
			assertThat(outer.isFenced()).isTrue();
		}
	}

	@Test
	void revocationTakesTheStagingFilesOfTheTargetAndItsCompanionsAlone() throws Exception {
		String token = ".0123456789abcdef.tmp";
		for (String name : List.of("", ".sha256", ".backup", ".backup.sha256", ".20260101-000000.backup",
				".manifest.json")) {
			Files.createFile(this.directory.resolve("." + Change.TARGET + name + token));
		}
		Files.createFile(this.directory.resolve(".." + Change.TARGET + ".sha512" + token));
		Path other = Files.createFile(this.directory.resolve(".g.json" + token));
		Path named = Files.createFile(this.directory.resolve("." + Change.TARGET + ".tmp"));
		this.newLocks.acquire(this.target, LockRequest.failFast()).close();
		assertThat(this.directory).isDirectoryNotContaining("glob:**" + Change.TARGET + "*" + token);
		assertThat(List.of(other, named)).allMatch(Files::exists);
	}

	@Test
	void stagingFileThatIsMadeWhileTheNextHolderWaitsIsRevoked() throws Exception {
		this.staleLocks.acquire(this.target, LockRequest.failFast());
		Thread newcomer = new Thread(
				() -> this.newLocks.acquire(this.target, LockRequest.waitUpTo(Duration.ofSeconds(60))));
		newcomer.start();
		await().atMost(Duration.ofSeconds(60)).until(() -> this.newLocks.waiting().size() == 1);
		await().pollDelay(Duration.ofMillis(100)).until(() -> newcomer.getState() == Thread.State.TIMED_WAITING);
		Path staging = Files.createFile(this.directory.resolve("." + Change.TARGET + ".0123456789abcdef.tmp"));
		this.store.expire();
		newcomer.join();
		assertThat(this.newLocks.held()).hasSize(1);
		assertThat(staging).doesNotExist();
	}

	@Test
	void revocationThatFailsRefusesTheLock() throws Exception {
		Files.createDirectories(this.directory.resolve("." + Change.TARGET + ".0123456789abcdef.tmp/full"));
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.newLocks.acquire(this.target, LockRequest.failFast()));
		assertThat(this.store.held()).isEmpty();
	}

	@Test
	void revocationComesAfterTheLockAndBeforeAnyLook() throws Exception {
		Files.writeString(this.target, "7");
		RecordingFileOps recorded = new RecordingFileOps(new UnsyncedFileOps());
		try (LockRegistry locks = locks(recorded);
				AtomicFileTemplate template = template(recorded, locks, WriteOptions.engineDefaults())) {
			template.update(this.target, Integer.class, (value) -> value + 1);
		}
		List<FileCall> calls = recorded.calls();
		int sweep = calls.stream().map(FileCall::op).toList().indexOf(Op.LIST);
		assertThat(sweep).isNotNegative();
		assertThat(calls.subList(0, sweep))
			.noneMatch((call) -> call.op() == Op.OPEN_READ && call.path().equals(this.target));
	}

	/**
	 * NFS may ask again for a rename that it has done, and finds no staging file then.
	 */
	@Test
	void onANetworkFilesystemTheIdentityOfTheTargetDecides() throws Exception {
		Files.writeString(this.target, Change.OLD);
		HookedFileOps hooked = new HookedFileOps(new PretendedMount(new UnsyncedFileOps(), "nfs4"));
		try (LockRegistry locks = locks(hooked);
				AtomicFileTemplate template = template(hooked, locks, WriteOptions.engineDefaults())) {
			hooked.after(this::isCommit, 1, () -> {
				throw new NoSuchFileException(this.target.toString());
			});
			template.writeString(this.target, "1");
			assertThat(this.target).hasContent("1");
			hooked.before(this::isCommit, 1, () -> {
				Files.delete(this.directory.resolve(artifacts().get(0)));
			});
			assertOutcome(template, WriteOutcome.NOT_COMMITTED);
			hooked.before(this::isCommit, 1, this::newcomerWrites);
			assertOutcome(template, WriteOutcome.INDETERMINATE);
		}
	}

	private void assertOutcome(AtomicFileTemplate template, WriteOutcome outcome) {
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> template.writeString(this.target, "2"))
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(outcome));
	}

	@Test
	void storeThatStandsStillRefusesTheWriteAndNothingIsLeft() throws Exception {
		Files.writeString(this.target, Change.OLD);
		for (Predicate<FileCall> moment : List.<Predicate<FileCall>>of((call) -> call.op() == Op.CANONICAL,
				(call) -> call.op() == Op.SYNC)) {
			this.files.before(moment, 1, () -> this.store.fail("connection refused"));
			try (AtomicFileTemplate stale = stale()) {
				assertThatExceptionOfType(AtomicWriteException.class)
					.isThrownBy(() -> stale.writeString(this.target, "1"))
					.withMessageContaining("connection refused")
					.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
				assertThat(stale.readString(this.target)).isEqualTo(Change.OLD);
			}
			assertThat(artifacts()).isEmpty();
			this.store.thaw();
			this.store.expire();
		}
	}

	@Test
	void housekeepingRemovesOrphansUnderTheLockAndNothingWhileTheStoreIsDown() throws Exception {
		Path orphan = Files.createFile(this.directory.resolve("." + Change.TARGET + ".0123456789abcdef.tmp"));
		Housekeeper housekeeper = new Housekeeper(new UnsyncedFileOps(), this.newLocks, InstantSource.system());
		SweepOptions atOnce = SweepOptions.builder().orphanAge(Duration.ZERO).build();
		this.store.fail("down");
		housekeeper.sweep(this.directory, atOnce);
		assertThat(orphan).exists();
		this.store.thaw();
		LockLease writer = this.staleLocks.acquire(this.directory.resolve("g"), LockRequest.failFast());
		Path alive = Files.createFile(this.directory.resolve(".g.0123456789abcdef.tmp"));
		SweepReport report = housekeeper.sweep(this.directory, atOnce);
		assertThat(report.total().count()).isEqualTo(1);
		assertThat(orphan).doesNotExist();
		assertThat(alive).exists();
		writer.close();
	}

	/** What a killed process leaves behind where the lock files are locked as well. */
	@Test
	void housekeepingDeletesLockFilesThatNobodyHolds() throws Exception {
		Path leftover = Files.createFile(this.directory.resolve("a.lock"));
		Files.createFile(this.directory.resolve("a"));
		SweepOptions atOnce = SweepOptions.builder().orphanAge(Duration.ZERO).lockAge(Duration.ZERO).build();
		try (LockRegistry locks = LockRegistry.clusterBuilder(this.store)
			.hostLock(true)
			.directory("data", this.directory)
			.build();
				LockRegistry others = LockRegistry.file();
				LockLease held = others.acquire(this.directory.resolve("b"), LockRequest.failFast())) {
			Housekeeper housekeeper = new Housekeeper(new UnsyncedFileOps(), locks, InstantSource.system());
			SweepReport report = housekeeper.sweep(this.directory, atOnce);
			assertThat(report.total().count()).isEqualTo(1);
			assertThat(leftover).doesNotExist();
			assertThat(this.directory.resolve("b.lock")).exists();
			held.ensureHeld();
		}
	}

	@ParameterizedTest
	@CsvSource({ "ext4,true,GUARANTEED", "ext4,false,BEST_EFFORT", "fuse.glusterfs,true,GUARANTEED",
			"fuse.mfs,true,GUARANTEED", "fuse,true,BEST_EFFORT", "cifs,true,BEST_EFFORT" })
	void exclusionIsGuaranteedWhereTheStoreIsLinearizableAndTheFilesystemWasTried(String type, boolean linearizable,
			GuaranteeLevel level) throws Exception {
		this.store.linearizable(linearizable);
		assertThat(exclusion(type).level()).isEqualTo(level);
	}

	@ParameterizedTest
	@CsvSource({ "nfs4,vers=4.1,GUARANTEED", "nfs4,vers=4.0,BEST_EFFORT", "nfs4,vers=4.2,BEST_EFFORT",
			"nfs,vers=3,BEST_EFFORT", "nfs,vers=4.1,BEST_EFFORT", "nfs4,rw,BEST_EFFORT", "cifs,vers=4.1,BEST_EFFORT",
			"ext4,vers=3,GUARANTEED" })
	void onNfsTheVersionCounts(String type, String option, GuaranteeLevel level) throws Exception {
		this.store.linearizable(true);
		assertThat(exclusion(type, "rw", option).level()).isEqualTo(level);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "vers=4.2|vers=4.2", "nocto,vers=4.1|vers=4.1,nocto" })
	void reasonNamesTheOptionsOfNfsThatWereNotTried(String options, String named) throws Exception {
		this.store.linearizable(true);
		Assessment exclusion = exclusion("nfs4", ("rw," + options + ",hard").split(","));
		assertThat(exclusion.level()).isEqualTo(GuaranteeLevel.BEST_EFFORT);
		assertThat(exclusion.reason()).endsWith(" was not tried on nfs4 with " + named);
	}

	private Assessment exclusion(String type, String... options) throws Exception {
		return new WriteRequirements(WriteOptions.engineDefaults(), this.newLocks)
			.assess(new GuaranteeInspector(new PretendedMount(FileOps.system(), type, options))
				.inspectDirectory(this.directory))
			.get(Guarantee.WRITER_EXCLUSION);
	}

	/** Does not find a file that is there, some times. */
	private static final class Forgetful extends ForwardingFileOps {

		private final Path file;

		private int left;

		Forgetful(FileOps delegate, Path file) {
			super(delegate);
			this.file = file;
		}

		void forget(int times) {
			this.left = times;
		}

		@Override
		public @Nullable FileStat stat(Path path) throws IOException {
			if (path.equals(this.file) && this.left > 0) {
				this.left--;
				return null;
			}
			return super.stat(path);
		}

	}

}

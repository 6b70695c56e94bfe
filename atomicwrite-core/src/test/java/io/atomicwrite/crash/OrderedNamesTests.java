package io.atomicwrite.crash;

import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.Batch;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStep;
import io.atomicwrite.test.crash.CrashStep.Kind;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.atomicwrite.crash.Replacement.options;
import static io.atomicwrite.crash.Replacement.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How often a directory is synced before the commit: not at all where the journal keeps
 * the order of names, and after each round of companions everywhere else.
 * {@link CrashStateTests} shows that this is enough, and that it is too little elsewhere.
 */
class OrderedNamesTests {

	private static final Path DIRECTORY = Path.of("/d");

	private static final Path TARGET = DIRECTORY.resolve("f");

	private static final CrashImage EMPTY = CrashFileOps.empty(DIRECTORY).image();

	private static final ChecksumPolicy SIDECAR = ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256);

	@ParameterizedTest
	@CsvSource({ "xfs, false, 0", "xfs, true, 0", "ext4, false, 1", "ext4, true, 2", "btrfs, false, 1",
			"btrfs, true, 2", "tmpfs, false, 1" })
	void companionsAreSyncedBeforeTheCommitUnlessTheJournalKeepsTheOrder(String type, boolean backup, int before) {
		List<CrashStep> steps = replace(type, backup ? BackupPolicy.single() : BackupPolicy.none());
		assertThat(syncs(steps.subList(0, commit(steps)), DIRECTORY)).as("before the commit").isEqualTo(before);
		assertThat(syncs(steps.subList(commit(steps), steps.size()), DIRECTORY)).as("after the commit").isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "xfs, 0", "ext4, 2", "btrfs, 2" })
	void contentIsSyncedUnlessTheJournalKeepsTheOrder(String type, int syncs) {
		List<CrashStep> steps = replace(type, BackupPolicy.none());
		// of the content and of its sidecar
		assertThat(steps).filteredOn((step) -> step.kind() == Kind.SYNC).hasSize(syncs);
		assertThat(steps).filteredOn((step) -> step.kind() == Kind.WRITE_OUT).hasSize(2 - syncs);
	}

	@Test
	void aBackupInAnotherDirectoryIsSynced() {
		BackupPolicy apart = BackupPolicy.single().with((changes) -> changes.directory(Path.of("old")).mode(0600));
		List<CrashStep> steps = replace("xfs", apart);
		// it may be on another filesystem, with a journal of its own; its mode asks for a
		// copy
		assertThat(steps).filteredOn((step) -> step.kind() == Kind.SYNC)
			.isNotEmpty()
			.allMatch((step) -> step.path().startsWith(DIRECTORY.resolve("old")));
	}

	@Test
	void aBackupBesideTheTargetIsOnlyWrittenOut() {
		List<CrashStep> steps = replace("xfs", BackupPolicy.single().with((changes) -> changes.mode(0600)));
		assertThat(steps).noneMatch((step) -> step.kind() == Kind.SYNC);
	}

	@Test
	void aDirectoryOfBackupsIsSyncedBeforeTheCommit() {
		Path backups = DIRECTORY.resolve("old");
		List<CrashStep> steps = replace("xfs",
				BackupPolicy.single().with((changes) -> changes.directory(Path.of("old"))));
		// it may be on another filesystem, with a journal of its own
		assertThat(syncs(steps.subList(0, commit(steps)), backups)).isPositive();
		assertThat(steps.subList(0, commit(steps))).filteredOn((step) -> step.path().startsWith(backups))
			.last()
			.matches((step) -> step.kind() == Kind.SYNC_DIRECTORY);
	}

	@ParameterizedTest
	@CsvSource({ "xfs, 1", "ext4, 2" })
	void aBatchSyncsItsDirectoryAsOften(String type, int syncs) {
		WriteOptions options = options(SIDECAR, BackupPolicy.none());
		CrashFileOps files = new CrashFileOps(written(EMPTY, options, TARGET, "old")).mountedAs(type);
		try (AtomicFileTemplate template = CrashedDisk.writer(files, options)) {
			assertThat(template
				.writeAll(Batch.builder()
					.syncsInFlight(1)
					.add(TARGET, "new".getBytes())
					.add(DIRECTORY.resolve("g"), "new".getBytes())
					.build())
				.durable()).isTrue();
		}
		assertThat(syncs(files.steps(), DIRECTORY)).isEqualTo(syncs);
	}

	@ParameterizedTest
	@CsvSource({ "xfs, 1", "xfs, 2", "ext4, 1", "ext4, 2" })
	void aFailedSyncLeavesNoStagedSidecar(String type, int sync) {
		WriteOptions options = options(SIDECAR, BackupPolicy.none());
		CrashImage before = written(EMPTY, options, TARGET, "old");
		CrashFileOps disk = new CrashFileOps(before).mountedAs(type);
		FaultyFileOps failing = new FaultyFileOps(disk);
		failing.fail((call) -> call.op() == Op.SYNC, sync, "Input/output error");
		try (AtomicFileTemplate template = CrashedDisk.writer(failing, options)) {
			assertThatExceptionOfType(AtomicWriteException.class)
				.isThrownBy(() -> template.write(TARGET, "new".getBytes()))
				.matches((ex) -> ex.outcome() == WriteOutcome.NOT_COMMITTED);
		}
		assertThat(disk.image().names().keySet()).isEqualTo(before.names().keySet());
		assertThat(disk.image().text(TARGET)).isEqualTo("old");
	}

	private static List<CrashStep> replace(String type, BackupPolicy backup) {
		WriteOptions options = options(SIDECAR, backup);
		CrashFileOps files = new CrashFileOps(written(EMPTY, options, TARGET, "older", "old")).mountedAs(type);
		try (AtomicFileTemplate template = CrashedDisk.writer(files, options)) {
			template.write(TARGET, "new".getBytes());
		}
		return files.steps();
	}

	private static int commit(List<CrashStep> steps) {
		for (int i = 0; i < steps.size(); i++) {
			if (steps.get(i).kind() == Kind.RENAME && TARGET.equals(steps.get(i).other())) {
				return i;
			}
		}
		throw new AssertionError("no commit in " + steps);
	}

	private static long syncs(List<CrashStep> steps, Path directory) {
		return steps.stream()
			.filter((step) -> step.kind() == Kind.SYNC_DIRECTORY && step.path().equals(directory))
			.count();
	}

}

package io.atomicwrite.crash;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.ChecksumPolicy.Mode;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashRun.Count;
import io.atomicwrite.crash.CrashStateTests.Case;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;

import static io.atomicwrite.crash.Replacement.written;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The crash states of one case each, with something between the engine and the disk: the
 * tests of this package walk the same for all cases and with nothing between.
 */
public final class CrashChecks {

	private static final Path TARGET = Path.of("/d/f");

	private static final CrashImage EMPTY = CrashFileOps.empty(Path.of("/d")).image();

	private CrashChecks() {
	}

	/**
	 * A new file: there and whole, or not there.
	 * @param mutation what stands between
	 */
	public static void create(UnaryOperator<FileOps> mutation) {
		write(mutation, new Case("create", EMPTY, options(Mode.NONE, BackupPolicy.none())));
	}

	/**
	 * A file that is replaced: old or new, with nothing beside it.
	 * @param mutation what stands between
	 */
	public static void replace(UnaryOperator<FileOps> mutation) {
		replace(mutation, Mode.NONE, BackupPolicy.none());
	}

	/**
	 * A file that is replaced with its sidecar.
	 * @param mutation what stands between
	 */
	public static void sidecar(UnaryOperator<FileOps> mutation) {
		replace(mutation, Mode.SIDECAR, BackupPolicy.none());
	}

	/**
	 * A file that is replaced with its manifest.
	 * @param mutation what stands between
	 */
	public static void manifest(UnaryOperator<FileOps> mutation) {
		ManifestCrashTests.replace(mutation);
	}

	/**
	 * A file that is replaced with its checksum in an attribute.
	 * @param mutation what stands between
	 */
	public static void attribute(UnaryOperator<FileOps> mutation) {
		replace(mutation, Mode.ATTRIBUTE, BackupPolicy.none());
	}

	/**
	 * A file that is replaced, its backup and the sidecars of both.
	 * @param mutation what stands between
	 */
	public static void backup(UnaryOperator<FileOps> mutation) {
		replace(mutation, Mode.SIDECAR, BackupPolicy.single());
	}

	/**
	 * The same with a copy as the backup.
	 * @param mutation what stands between
	 */
	public static void copiedBackup(UnaryOperator<FileOps> mutation) {
		replace(mutation, Mode.SIDECAR, BackupPolicy.generations().with((changes) -> changes.mode(0600)));
	}

	/**
	 * The same with one backup kept in a directory of its own.
	 * @param mutation what stands between
	 */
	public static void backupElsewhere(UnaryOperator<FileOps> mutation) {
		replace(mutation, Mode.NONE, BackupPolicy.single().with((changes) -> changes.directory(Path.of("old"))));
	}

	private static void replace(UnaryOperator<FileOps> mutation, Mode mode, BackupPolicy backup) {
		WriteOptions options = options(mode, backup);
		CrashImage before = written(EMPTY, options, TARGET, "older content, in three pieces",
				"old content of another length");
		write(mutation, new Case("replace again", before, options));
	}

	private static WriteOptions options(Mode mode, BackupPolicy backup) {
		return Replacement.options(ChecksumPolicy.of(mode, ChecksumAlgorithm.SHA_256), backup);
	}

	private static void write(UnaryOperator<FileOps> mutation, Case given) {
		assertThat(given.run(mutation).violations(new Count(), given.check())).isEmpty();
	}

	/**
	 * A move to another directory.
	 * @param mutation what stands between
	 */
	public static void move(UnaryOperator<FileOps> mutation) {
		assertThat(CrashOfOperationsTests.move(mutation, "/e/f.json", true, Mode.NONE).violations()).isEmpty();
	}

	/**
	 * A move within a directory, with its sidecar.
	 * @param mutation what stands between
	 */
	public static void moveWithSidecar(UnaryOperator<FileOps> mutation) {
		assertThat(CrashOfOperationsTests.move(mutation, "g", true, Mode.SIDECAR).violations()).isEmpty();
	}

	/**
	 * A delete.
	 * @param mutation what stands between
	 */
	public static void delete(UnaryOperator<FileOps> mutation) {
		assertThat(CrashOfOperationsTests.delete(mutation).violations()).isEmpty();
	}

	/**
	 * An append, with a backup.
	 * @param mutation what stands between
	 */
	public static void append(UnaryOperator<FileOps> mutation) {
		assertThat(CrashOfOperationsTests.append(mutation, true).violations()).isEmpty();
	}

	/**
	 * A restore of a backup.
	 * @param mutation what stands between
	 */
	public static void restore(UnaryOperator<FileOps> mutation) {
		assertThat(CrashOfOperationsTests.restore(mutation).violations()).isEmpty();
	}

	/**
	 * The recovery of each disk that a crash of a write leaves.
	 * @param mutation what stands between recovery and the disk
	 */
	public static void recovery(UnaryOperator<FileOps> mutation) {
		recovered(mutation, CrashOfRecoveryTests::crashed);
	}

	/**
	 * The recovery after a writer was killed, while the system lives on.
	 * @param mutation what stands between recovery and the disk
	 */
	public static void recoveryAfterKill(UnaryOperator<FileOps> mutation) {
		recovered(mutation, CrashOfRecoveryTests::killed);
	}

	private static void recovered(UnaryOperator<FileOps> mutation, BiConsumer<RecoveryStates, Case> exploration) {
		WriteOptions options = options(Mode.SIDECAR, BackupPolicy.none());
		List<Case> cases = List.of(new Case("create", EMPTY, options),
				new Case("replace", written(EMPTY, options, TARGET, "old content"), options));
		for (Decision decision : Decision.values()) {
			for (Case given : cases) {
				RecoveryStates states = new RecoveryStates(TARGET, options, decision, mutation);
				exploration.accept(states, given);
				assertThat(states.violations()).as(decision + ", " + given).isEmpty();
			}
		}
	}

}

package io.atomicwrite.crash;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashRun.Count;
import io.atomicwrite.crash.CrashedDisk.Verdict;
import io.atomicwrite.test.SidecarText;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.atomicwrite.crash.Replacement.options;
import static io.atomicwrite.crash.Replacement.written;
import static org.assertj.core.api.Assertions.assertThat;

class CompanionRegressionTests {

	private static final Path DIRECTORY = Path.of("/d");

	private static final Path TARGET = DIRECTORY.resolve("f");

	private static final CrashImage EMPTY = CrashFileOps.empty(DIRECTORY).image();

	static final ChecksumPolicy SHA_256 = ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256);

	static final ChecksumPolicy SHA_512 = ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_512);

	/** An earlier write with sidecar and single backup, then one without a sidecar. */
	@ParameterizedTest
	@CsvSource({ "NONE", "ATTRIBUTE" })
	void aBackupWithAnOldSidecarIsNoFalseAlarm(ChecksumPolicy.Mode mode) {
		CrashImage before = written(EMPTY, options(SHA_256, BackupPolicy.single()), TARGET, "one", "two");
		WriteOptions options = options(ChecksumPolicy.of(mode, ChecksumAlgorithm.SHA_256), BackupPolicy.single());
		CrashImage after = written(before, options, TARGET, "three");
		assertThat(after.text(DIRECTORY.resolve("f.backup"))).isEqualTo("two");
		assertThat(new CrashedDisk(after).verify(DIRECTORY.resolve("f.backup"), options)).isNotEqualTo(Verdict.DAMAGED);
	}

	@Test
	void aBackupWithTheSidecarOfAnotherAlgorithmCanBeReplaced() {
		CrashImage before = written(EMPTY, options(SHA_256, BackupPolicy.single()), TARGET, "one", "two");
		WriteOptions options = options(SHA_512, BackupPolicy.single());
		CrashImage after = written(before, options, TARGET, "three");
		assertThat(after.text(TARGET)).isEqualTo("three");
		for (ChecksumPolicy policy : List.of(SHA_256, SHA_512)) {
			assertThat(new CrashedDisk(after).verify(DIRECTORY.resolve("f.backup"),
					options(policy, BackupPolicy.single())))
				.isNotEqualTo(Verdict.DAMAGED);
		}
	}

	/** Each sidecar records what the disk has, whatever the crash leaves. */
	@Test
	void aHiddenSidecarIsAsTrueAfterACrashAsTheVisibleOne() {
		WriteOptions options = options(SHA_256, BackupPolicy.none());
		Path hidden = DIRECTORY.resolve(".f.sha256");
		CrashImage before = written(written(EMPTY, options, TARGET, "old"),
				options(ChecksumPolicy.none(), BackupPolicy.none()), hidden,
				SidecarText.of("f", checksum("old"), null));
		CrashRun run = CrashRun.of(before, options, Replacement.write(TARGET, "new"));
		assertThat(run.violations(new Count(), (disk, acknowledged) -> {
			String content = String.valueOf(disk.text(TARGET));
			String sidecar = String.valueOf(disk.text(hidden));
			return sidecar.contains(checksum(content).hex()) ? null : content + " has " + sidecar;
		})).isEmpty();
		assertThat(run.after().text(hidden)).contains(checksum("new").hex());
	}

	private static Checksum checksum(String text) {
		try {
			return Checksum.of(ChecksumAlgorithm.SHA_256, new ByteArrayInputStream(text.getBytes()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@CsvSource({ "SIDECAR", "ATTRIBUTE" })
	void damageIsNotLaunderedThroughAnotherChecksum(ChecksumPolicy.Mode former) {
		CrashImage before = written(EMPTY,
				options(ChecksumPolicy.of(former, ChecksumAlgorithm.SHA_256), BackupPolicy.none()), TARGET, "old")
			.withText(TARGET, "bad");
		WriteOptions options = options(SHA_512, BackupPolicy.none());
		List<String> violations = CrashRun.of(before, options, Replacement.write(TARGET, "new"))
			.violations(new Count(), (disk,
					acknowledged) -> "bad".equals(disk.text(TARGET)) && disk.verify(TARGET, options) == Verdict.GOOD
							? "damage passes for good" : null);
		assertThat(violations).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "SIDECAR", "ATTRIBUTE" })
	void damageIsNotLaunderedInABackupThroughAnotherChecksum(ChecksumPolicy.Mode former) {
		CrashImage before = written(EMPTY,
				options(ChecksumPolicy.of(former, ChecksumAlgorithm.SHA_256), BackupPolicy.none()), TARGET, "old")
			.withText(TARGET, "bad");
		WriteOptions options = options(SHA_512, BackupPolicy.single());
		CrashImage after = written(before, options, TARGET, "new");
		assertThat(new CrashedDisk(after).verify(DIRECTORY.resolve("f.backup"), options)).isNotEqualTo(Verdict.GOOD);
	}

	@ParameterizedTest
	@CsvSource({ "SIDECAR", "ATTRIBUTE" })
	void damageIsNotLaunderedByAMove(ChecksumPolicy.Mode former) {
		CrashImage before = written(EMPTY,
				options(ChecksumPolicy.of(former, ChecksumAlgorithm.SHA_256), BackupPolicy.none()), TARGET, "old")
			.withText(TARGET, "bad");
		WriteOptions options = options(SHA_512, BackupPolicy.none());
		Path moved = DIRECTORY.resolve("g");
		CrashImage after = CrashRun.of(before, options, (template) -> template.move(TARGET, moved).size() > 0).after();
		assertThat(new CrashedDisk(after).verify(moved, options)).isNotEqualTo(Verdict.GOOD);
	}

	@Test
	void damageIsNotLaunderedByAnAppend() {
		WriteOptions options = options(SHA_256, BackupPolicy.none());
		CrashImage before = written(EMPTY, options, TARGET, "old").withText(TARGET, "bad");
		List<Throwable> thrown = new ArrayList<>();
		CrashImage after = CrashRun.of(before, options, (template) -> {
			try {
				return append(template);
			}
			catch (RuntimeException ex) {
				thrown.add(ex);
				return false;
			}
		}).after();
		assertThat(new CrashedDisk(after).verify(TARGET, options)).as(after + " " + thrown).isNotEqualTo(Verdict.GOOD);
	}

	private static boolean append(AtomicFileTemplate template) {
		return template.append(TARGET, "more".getBytes()).size() > 0;
	}

	/** Crash between a deletion and that of the sidecar, then a move or a restore. */
	@Test
	void aStaleSidecarOfAPrunedGenerationIsNoFalseAlarm() {
		WriteOptions with = options(SHA_256, BackupPolicy.generations());
		CrashImage before = written(EMPTY, with, TARGET, "one", "two");
		Set<Path> names = before.names().keySet();
		CrashImage stale = before.without((name) -> name.toString().endsWith(".backup"));
		WriteOptions none = options(ChecksumPolicy.none(), BackupPolicy.generations());
		CrashImage after = written(stale, none, TARGET, "three");
		CrashedDisk disk = new CrashedDisk(after);
		for (Path backup : disk.backups()) {
			assertThat(disk.verify(backup, with)).as(names + " " + after).isNotEqualTo(Verdict.DAMAGED);
		}
	}

}

package io.atomicwrite.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashRun.Count;
import io.atomicwrite.test.EvidenceRecord.Scope;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static io.atomicwrite.crash.Replacement.options;
import static io.atomicwrite.crash.Replacement.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A backup that is put back must not be lost on the way.
 */
class RestoreCrashTests {

	private static final Path TARGET = Path.of("/d/f");

	private static final WriteOptions OPTIONS = options(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256),
			BackupPolicy.single());

	private static final CrashImage BEFORE = written(CrashFileOps.empty(Path.of("/d")).image(), OPTIONS, TARGET, "good",
			"two")
		.withText(TARGET, "bad");

	private static final int CASES = 2;

	private static final CrashLane LANE = new CrashLane("crash-restores",
			"a backup is put back over damage, and damage is replaced: a crash after each call, every legal disk has"
					+ " something good",
			"RestoreCrashTests");

	@AfterAll
	static void writeRecord() throws IOException {
		if (LANE.isWhole(CASES)) {
			LANE.write(Scope.SLICE);
		}
	}

	@Test
	void aCrashDuringARestoreLosesNoGoodBackup() {
		assertNothingIsLost(CrashRun.of(BEFORE, OPTIONS, RestoreCrashTests::restore));
	}

	@Test
	void aCrashDuringAWriteOverDamageLosesNoGoodBackup() {
		assertNothingIsLost(CrashRun.of(BEFORE, OPTIONS, Replacement.write(TARGET, "new")));
	}

	private static boolean restore(AtomicFileTemplate template) {
		return template.restore(TARGET, template.generations(TARGET).get(0)).size() > 0;
	}

	private static void assertNothingIsLost(CrashRun run) {
		Count count = new Count();
		List<String> violations = run.violations(count, RestoreCrashTests::wrong);
		LANE.add(count.raw(), count.distinct(), violations.size());
		assertThat(violations).isEmpty();
	}

	/** As it was once: the only backup gives way to the damage before the commit. */
	@Test
	void aRestoreThatBacksUpTheDamageIsFoundOut() {
		Count count = new Count();
		Path backup = Path.of("/d/f.backup");
		List<String> violations = CrashRun.of(BEFORE, OPTIONS, RestoreCrashTests::restore)
			.violations(count, (disk, acknowledged) -> (disk.text(backup) == null) ? wrong(disk, acknowledged)
					: wrong(new CrashedDisk(disk.image().withText(backup, "bad")), acknowledged));
		LANE.control("the backup is replaced by the damage", count.distinct(), violations.size());
		assertThat(violations).isNotEmpty();
	}

	@Test
	void aCrashlessFailureOfARestoreLosesNoGoodBackup() {
		CrashFileOps disk = new CrashFileOps(BEFORE);
		FaultyFileOps files = new FaultyFileOps(disk);
		files.fail((call) -> call.op() == Op.RENAME && TARGET.equals(call.other()), 1, "Input/output error");
		try (AtomicFileTemplate template = CrashedDisk.writer(files, OPTIONS)) {
			assertThatThrownBy(() -> template.restore(TARGET, template.generations(TARGET).get(0)))
				.isInstanceOf(AtomicWriteException.class);
		}
		assertThat(wrong(new CrashedDisk(disk.image()), false)).as(disk.image().toString()).isNull();
	}

	/** What the next start would read. */
	private static @Nullable String wrong(CrashedDisk disk, boolean acknowledged) {
		for (Path file : List.of(TARGET, Path.of("/d/f.backup"))) {
			if (disk.text(file) != null && disk.verify(file, OPTIONS) == CrashedDisk.Verdict.GOOD) {
				return null;
			}
		}
		return "nothing good is left";
	}

}

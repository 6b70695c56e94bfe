package io.atomicwrite.crash;

import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.ChecksumPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashRun.Count;
import io.atomicwrite.test.CrashFileOps;
import io.atomicwrite.test.CrashImage;
import io.atomicwrite.test.FaultyFileOps;
import io.atomicwrite.test.FileCall.Op;
import org.jspecify.annotations.Nullable;
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

	@Test
	void aCrashDuringARestoreLosesNoGoodBackup() {
		List<String> violations = CrashRun
			.of(BEFORE, OPTIONS, (template) -> template.restore(TARGET, template.generations(TARGET).get(0)).size() > 0)
			.violations(new Count(), RestoreCrashTests::wrong);
		assertThat(violations).isEmpty();
	}

	@Test
	void aCrashDuringAWriteOverDamageLosesNoGoodBackup() {
		List<String> violations = CrashRun.of(BEFORE, OPTIONS, Replacement.write(TARGET, "new"))
			.violations(new Count(), RestoreCrashTests::wrong);
		assertThat(violations).isEmpty();
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

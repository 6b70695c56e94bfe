package io.atomicwrite.crash;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashRun.Count;
import io.atomicwrite.crash.CrashedDisk.Verdict;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.atomicwrite.crash.Replacement.options;
import static io.atomicwrite.crash.Replacement.written;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An acceptance leaves the content as it is, whatever happens, and what attests it as it
 * was or renewed.
 */
class AcceptCrashTests {

	private static final Path TARGET = Path.of("/d/f");

	private static final String EDIT = "edited by hand";

	private static WriteOptions with(ChecksumPolicy.Mode mode) {
		return options(ChecksumPolicy.of(mode, ChecksumAlgorithm.SHA_256), BackupPolicy.none());
	}

	private static CrashImage edited(WriteOptions options) {
		return written(CrashFileOps.empty(Path.of("/d")).image(), options, TARGET, "as written").withText(TARGET, EDIT);
	}

	@ParameterizedTest
	@EnumSource(value = ChecksumPolicy.Mode.class, names = { "SIDECAR", "ATTRIBUTE" })
	void aCrashLeavesTheContentAndWhatAttestsItAsItWasOrRenewed(ChecksumPolicy.Mode mode) {
		WriteOptions options = with(mode);
		CrashImage before = edited(options);
		assertThat(new CrashedDisk(before).verify(TARGET, options)).isEqualTo(Verdict.DAMAGED);
		Count count = new Count();
		List<String> violations = CrashRun.of(before, options, AcceptCrashTests::accept)
			.violations(count, (disk, acknowledged) -> wrong(disk, options, acknowledged));
		assertThat(violations).isEmpty();
		assertThat(count.raw()).isGreaterThan(3);
	}

	@ParameterizedTest
	@EnumSource(value = ChecksumPolicy.Mode.class, names = { "SIDECAR", "ATTRIBUTE" })
	void everyCallFailsOnceAndTheReportIsTrue(ChecksumPolicy.Mode mode) {
		WriteOptions options = with(mode);
		List<String> violations = new ArrayList<>();
		boolean hit = true;
		for (int nth = 1; hit; nth++) {
			CrashFileOps disk = new CrashFileOps(edited(options));
			FaultyFileOps files = new FaultyFileOps(disk);
			// cleaning up has its own test
			files.fail((call) -> call.op() != Op.DELETE && call.op() != Op.MOUNT, nth,
					new FileSystemException("f", null, "Input/output error"));
			@Nullable WriteOutcome outcome;
			try (AtomicFileTemplate template = CrashedDisk.writer(files, options)) {
				outcome = template.accept(TARGET).outcome();
			}
			catch (AtomicWriteException ex) {
				outcome = ex.outcome();
			}
			hit = files.hit();
			String wrong = wrong(disk.image(), options, outcome);
			if (wrong != null) {
				violations.add(wrong + " at call " + nth + ": " + disk.image());
			}
		}
		assertThat(violations).isEmpty();
	}

	private static boolean accept(AtomicFileTemplate template) {
		return template.accept(TARGET).outcome() == WriteOutcome.DURABLE;
	}

	private static @Nullable String wrong(CrashImage now, WriteOptions options, WriteOutcome outcome) {
		Set<Path> names = now.names().keySet();
		if (names.stream().anyMatch(CrashedDisk::isStaging)) {
			return "a staging file is left";
		}
		if (outcome == WriteOutcome.NOT_COMMITTED && new CrashedDisk(now).verify(TARGET, options) != Verdict.DAMAGED) {
			return "accepted, and not reported";
		}
		return wrong(new CrashedDisk(now), options, outcome == WriteOutcome.DURABLE);
	}

	private static @Nullable String wrong(CrashedDisk disk, WriteOptions options, boolean acknowledged) {
		if (!EDIT.equals(disk.text(TARGET))) {
			return "the content is not what it was";
		}
		Verdict verdict = disk.verify(TARGET, options);
		if (verdict == Verdict.UNKNOWN) {
			return "nothing attests it";
		}
		return (acknowledged && verdict != Verdict.GOOD) ? "acknowledged and not accepted" : null;
	}

}
